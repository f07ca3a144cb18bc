import { ALL, type Criteria } from '../../contract/report.ts';
import { reportIds, reports } from './declaration.ts';

const whichWords: Readonly<Record<string, string>> = {
  new: 'new files',
  'meeting-date': 'by meeting date',
  'creation-date': 'by creation date',
};

/** The report and its criteria in words, without the period: `Peak Port files, daily, customer level`. */
export function titleOf(reportId: string, criteria: Criteria): string {
  const label = reports.find((report) => report.id === reportId)?.label ?? reportId;
  const { site, which, frequency, level } = criteria;
  const parts =
    reportId === reportIds.siteFiles && typeof site === 'string'
      ? [`CDR files of ${site === ALL ? 'all sites' : site}`, typeof which === 'string' && whichWords[which]]
      : reportId === reportIds.peakPort
        ? [label, frequency, typeof level === 'string' && `${level} level`]
        : [label];
  return parts.filter((part) => typeof part === 'string').join(', ');
}
