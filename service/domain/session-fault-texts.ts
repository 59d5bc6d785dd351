/** The texts of refusals of what a session holds: files, analyses, plans and exports. */
export const SESSION_FAULT_TEXTS = {
  'upload-too-large': 'Cannot take {filename}: it has {bytes} bytes, and a {role} file may have up to {most}.',
  'project-upload-too-large': 'Cannot take {filename}: it has {bytes} bytes, and a project file may have up to {most}.',
  'uploads-waiting': '{count} files are already waiting for their upload. Complete or delete some first.',
  'pieces-empty': 'Cannot send {bytes} bytes in {pieces} pieces: no piece may be empty.',
  'fewer-pieces': 'Give at most {most} pieces, or none.',
  'not-in-pieces': '{filename} was not announced in pieces. Announce it again with `pieces`.',
  'not-uploaded': "{filename} has not been uploaded yet. Post it to the upload's url first.",
  'pieces-missing':
    '{missing} of the {pieces} pieces of {filename} have not been uploaded whole: {numbers,}{more}. Its pieces ' +
    'tell where to post them.',
  'cannot-use-file': 'Cannot use {filename}: {found}. Upload it again.',
  'other-size-arrived': '{bytes} bytes arrived where {announced} were announced',
  'other-hash-arrived': 'what arrived has another SHA-256 than was announced',
  'files-together-too-large':
    '"{filename}" has the same columns as {earlier,} and other rows. Files of one table may have {most} bytes ' +
    'together; these have {bytes}. Delete the others first, or send fewer columns',
  'more-choices-than-taken': 'These are more choices than a file can have. Settle only what differs.',
  'file-changed-elsewhere': 'The file was changed by another request meanwhile. Look at it again.',
  'choice-unfit': 'A choice does not fit the file. Nothing was changed.',
  'choice-not-of-role': 'a file of the role {role} has none',
  'answer-unfit': 'An answer fits no question of this file. Nothing was changed.',
  'not-a-question': 'is not a question of this file',
  'no-wards-yet':
    'There are no wards yet. Upload a ward table with role "wards" and complete it, or a facility table with role ' +
    '"facilities" and measure its test positivity.',
  'no-data-yet': 'There are no data in this session yet. Upload a ward table first.',
  'no-boundaries-no-map':
    'The data have no boundaries, so there is no map. Upload a boundary file, or see the figures without one.',
  'no-analysis-yet': 'There is no analysis yet.',
  'no-plan-yet': 'There is no net plan yet. Say how many nets there are.',
  'no-plan-to-change': 'There is no net plan yet to change. Say how many nets there are.',
  'no-plan-of-newest': 'There is no net plan of the newest analysis yet. Say how many nets there are.',
  'no-boundaries-to-show': 'There are no boundaries. Upload a boundaries file to see a map.',
  'no-facility-table': 'There is no facility table yet. Upload one with role "facilities" and complete it.',
  'matches-overtaken': 'The data were changed while these matches were settled. Look at them again.',
  'measurement-overtaken': 'The facility table was changed while it was measured. Measure the present one.',
  'analysis-overtaken': 'The data were changed while they were analysed. Start the analysis again.',
  'export-overtaken': 'The data were changed while the file was made. Make it again.',
  'data-of-this-gone': 'The data this was made from are gone. Analyse the present data.',
  'data-of-analysis-replaced':
    'The analysis was made from data that have been replaced since. Analyse the current data first.',
  'data-of-order-replaced': 'The analysis was made from data that have been replaced since. Analyse them first.',
  'data-of-this-replaced': 'This was made from data that have been replaced since. Analyse the current data first.',
  'results-stale':
    'The last analysis was made from version {made} of the data, which are now at version {present}: its results ' +
    'are stale and are not shown as current.',
  'analysis-and-plan-unfit': 'Cannot use this analysis and this plan together',
  'plan-of-other-analysis': 'the plan was made from another analysis',
  'cannot-say-how-sure': 'Cannot say how sure this plan is',
  'too-many-draws': 'Of {wards} wards, so many draws are not made at a time',
  'too-many-wards': 'there are too many wards',
  'draws-at-most': 'at most {most} draws',
  'cannot-export': 'Cannot export {kind}',
  'conversation-of-project': 'only {kind} can hold the conversation; leave it out',
  'project-holds-all': '{kind} holds every analysis and plan; leave it out',
  'export-needs-plan': '{kind} is made from a plan: name the plan',
  'export-without-plan': '{kind} holds no plan; leave it out',
  'name-the-analysis': 'name the analysis',
  'plan-locked': 'This plan is locked. Copy it to go on from it.',
  'plan-renamed-meanwhile': 'The plan was renamed while it was locked. Lock it again.',
  'plans-full': 'A session holds up to {most} named or locked plans. Delete one that is not locked first.',
} as const
