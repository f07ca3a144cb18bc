/*
 * `safeStorage` as current Electron has it. Electron 25 knows no asynchronous calls and doesn't name the keyring that it
 * found. On a machine without any keyring, `--password-store=stand-in` gives one whose key lies in the user data
 * folder: good enough to try what needs a keyring, no protection for a real password.
 */
const { createCipheriv, createDecipheriv, randomBytes } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { app, safeStorage } = require('electron');

const cipher = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/** The members to add to `safeStorage`. */
exports.currentSafeStorage = function currentSafeStorage() {
  const keyring =
    app.commandLine.getSwitchValue('password-store') === 'stand-in' ? standInKeyring : systemKeyring;
  return {
    isAsyncEncryptionAvailable: async () => keyring.isAvailable(),
    encryptStringAsync: async (text) => keyring.encrypt(text),
    decryptStringAsync: async (encrypted) => ({ result: keyring.decrypt(encrypted), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => (keyring.isAvailable() ? 'gnome_libsecret' : 'basic_text'),
  };
};

const systemKeyring = {
  isAvailable: () => safeStorage.isEncryptionAvailable(),
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (encrypted) => safeStorage.decryptString(encrypted),
};

const standInKeyring = {
  isAvailable: () => true,
  encrypt(text) {
    const iv = randomBytes(ivLength);
    const encryption = createCipheriv(cipher, key(), iv);
    const content = Buffer.concat([encryption.update(text, 'utf8'), encryption.final()]);
    return Buffer.concat([iv, encryption.getAuthTag(), content]);
  },
  decrypt(encrypted) {
    const decryption = createDecipheriv(cipher, key(), encrypted.subarray(0, ivLength));
    decryption.setAuthTag(encrypted.subarray(ivLength, ivLength + tagLength));
    const content = encrypted.subarray(ivLength + tagLength);
    return Buffer.concat([decryption.update(content), decryption.final()]).toString('utf8');
  },
};

function key() {
  const file = join(app.getPath('userData'), 'stand-in-keyring');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}
