/** The columns of a file: those of the documentation in their order, then unknown ones as they first appeared. */
import { foldKey } from './record.ts';

/** Spec 5, group by group. */
export const documentedColumns: readonly string[] = [
  ...['Start time', 'Answer time', 'Release time', 'Report time', 'Call transfer Time'],
  ...['Duration', 'Ring duration', 'Hold Duration'],
  ...[
    'Answered',
    'Answer indicator',
    'Answered Elsewhere',
    'Call outcome',
    'Call outcome reason',
    'Releasing party',
  ],
  ...['Calling number', 'Called number', 'Calling line ID', 'Called line ID', 'Caller ID number'],
  ...['External caller ID number', 'Dialed digits', 'User', 'User number', 'User type', 'User UUID'],
  ...['Device owner UUID', 'Authorization code', 'ELIN', 'Emergency number source'],
  ...[
    'Direction',
    'Call type',
    'Client type',
    'Sub client type',
    'Client version',
    'OS type',
    'Model',
    'Device MAC',
  ],
  ...['International country', 'Queue Type', 'Recall Type', 'Auto Attendant Key Pressed'],
  ...['Transfer type', 'Transfer type context'],
  ...[
    'Location',
    'Site UUID',
    'Site main number',
    'Site timezone',
    'Department ID',
    'Org UUID',
    'External customer ID',
  ],
  ...['Inbound trunk', 'Outbound trunk', 'Route group', 'Route list calls overage'],
  ...['Public Calling IP Address', 'Public Called IP Address'],
  ...['PSTN Vendor Name', 'PSTN Legal Entity', 'PSTN Vendor Org ID', 'PSTN Provider ID'],
  ...['Original reason', 'Redirect reason', 'Related reason', 'Redirecting number', 'Redirecting party UUID'],
  'Original Called Party UUID',
  ...['Report ID', 'Correlation ID', 'Call ID', 'Local call ID', 'Remote call ID', 'Network call ID'],
  ...['Related call ID', 'Transfer related call ID', 'Interaction ID', 'WxCC consult merge status'],
  ...['Local SessionID', 'Remote SessionID', 'Final local SessionID', 'Final remote SessionID'],
  ...['Call Recording Platform Name', 'Call Recording Result', 'Call Recording Trigger'],
  ...['Caller Reputation Score', 'Caller Reputation Score Reason', 'Caller Reputation Service Result'],
];

/** The keys that were seen, each in its first spelling, in the order of their first appearance. */
export interface SeenKeys {
  readonly list: readonly string[];
  /** Looks at the keys of a record. */
  see(record: object): void;
}

/** `seen`: those of earlier records. */
export function createSeenKeys(seen: readonly string[] = []): SeenKeys {
  const list = [...seen];
  const spellings = new Set(list);
  const folded = new Set(list.map(foldKey));
  return {
    list,
    see(record) {
      for (const key in record) {
        if (spellings.has(key)) continue;
        spellings.add(key);
        const one = foldKey(key);
        if (folded.has(one)) continue;
        folded.add(one);
        list.push(key);
      }
    },
  };
}

/** The headings of a file. The first spelling that was seen stands for a documented column too (spec 8.11, 8.12). */
export function headingsOf(seen: readonly string[]): string[] {
  const spelling = new Map(seen.map((key) => [foldKey(key), key]));
  const headings = documentedColumns.map((column) => {
    const folded = foldKey(column);
    const found = spelling.get(folded);
    spelling.delete(folded);
    return found ?? column;
  });
  return [...headings, ...spelling.values()];
}
