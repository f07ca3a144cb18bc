/**
 * One more certificate for the key in `loopback-certificates.ts`, signed by that key, for `other.cdr.test` and no other
 * name. Valid from 2020 to 2119.
 */
export const otherNameCertificate = `-----BEGIN CERTIFICATE-----
MIIBejCCASCgAwIBAgIBAzAKBggqhkjOPQQDAjAeMRwwGgYDVQQDDBNDRFIgRGVz
ayB0ZXN0IG90aGVyMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAe
MRwwGgYDVQQDDBNDRFIgRGVzayB0ZXN0IG90aGVyMFkwEwYHKoZIzj0CAQYIKoZI
zj0DAQcDQgAE7WkRenvfSLWWsgSSe//XoCM7z4PjVzrhRynYrwb1ByWqkKZfVaxQ
rJzFLbGNw8SkXm8/AGWrrl9r9A4tkWrezaNNMEswDwYDVR0TAQH/BAUwAwEB/zAZ
BgNVHREEEjAQgg5vdGhlci5jZHIudGVzdDAdBgNVHQ4EFgQUiDWmpMh+YY0Bz6K9
QChI2Ph7+JowCgYIKoZIzj0EAwIDSAAwRQIgdkwBlnPy/o+TIVrI+TKm6UWtxdp7
YE/Hv/VlL+l8bmkCIQDAnA16++/cTfGW0nlg3S4K5Y3JaE/LY4zL/N836Sia9w==
-----END CERTIFICATE-----
`;
