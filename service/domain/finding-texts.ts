/**
 * The texts of all findings: what was left out, assumed or changed when data were read. A text is on one line, so that
 * its values are checked by type.
 */
export const FINDING_TEXTS = {
  'question-answered': '{question} You chose: {answer}.',

  // Examples
  'lines-from-to': 'lines {from} to {to}',
  'line-and-name': 'line {line}, {name}',
  'row-repeats-line': '{row} repeats line {line}',
  'rows-from-line': '{rows} rows from line {line} on',
  'report-at-line': '{facility}: line {line}',
  'report-at-lines': '{facility}, {period}: line {first} and line {second}',
  'column-at': 'column {place}',
  'cell-of-lines': '{column}: {value} (lines {from} to {to})',
  'number-read-as': '{column}: {written} is {read}',
  'column-with-thousands': '{column}: thousands',
  'column-with-decimals': '{column}: decimal',
  'feature-at': 'feature {place}',

  // Text, sheets and headers
  'text-read-as':
    'The text does not say how it is encoded; it was read as {encoding}. Settle the encoding if names look wrong.',
  'one-sheet-read': 'The workbook has several sheets: only {sheet} was read.',
  'rows-above-header': 'Rows above the header at line {line} were passed over.',
  'header-of-two-rows': 'The header has two rows, lines {first} and {last}; their names were joined.',
  'row-of-tags': 'The row of HXL tags at line {line} was passed over.',
  'row-of-units': 'The row at line {line} was passed over: it gives the units or numbers of the columns.',
  'header-repeated': 'Column {place} repeats the header {header} and is shown as {name}.',
  'rows-repeat-header': 'Rows that repeat the header were left out.',
  'columns-without-header': 'Columns without a header were left out.',

  // Cells
  'formulas-without-result':
    'Cells hold a formula without its result, so they count as missing. Open the workbook in a spreadsheet, save it and send it again.',
  'merged-cells-filled': 'Cells merged over several rows were read for each of these rows.',
  'merged-numbers-missing':
    'Numbers in cells merged over several rows stand for these rows together; they count as missing.',
  'marks-taken-as-missing': 'Cells that hold a mark for a missing value were taken as missing.',
  'numbers-rewritten': 'Numbers with a decimal comma, signs between thousands or other digits were read as digits.',
  'percent-signs-read': 'Numbers with a percent sign were read as percentages: 22.5% is 22.5.',
  'units-read': 'Every number of these columns has the same unit behind it, and was read without it: 12.5 km is 12.5.',
  'signs-read-as-said': 'The sign in the numbers of these columns was read as a person said.',
  'texts-look-broken':
    'Headers or names look as if they had been read in the wrong encoding; they were kept as they came.',

  // Columns of wards
  'name-column-assumed': 'No header names the wards: {column} was taken, because its values are nearly all different.',
  'wards-shown-by-code': 'There is no WardName column: wards are shown by their {column}.',
  'column-says-the-same': '{column} was not used: {other} says the same of a ward.',
  'code-shared': '{column} was not taken for the code of a ward: wards of different names share it.',
  'area-named-once':
    '{column} names each area once, at the head of its wards: the empty cells below were filled with it.',
  'values-lacking': '{column} lacks {missing} of {rows} values.',
  'cells-lacking': '{column} lacks {missing} of {rows} cells.',
  'value-too-great': '{value} in {column} was taken as a missing value: nothing of a ward is so great.',
  'people-below-zero': '{value} in {column} was taken as a missing value: nobody counts fewer than no people.',

  // Columns that are no indicators, and why
  'no-indicator': '{column} is not an indicator: {why}.',
  'all-missing': 'every cell is missing',
  'holds-text': 'it holds text',
  'holds-numbers-and-text': 'it holds numbers in one file and text in another',
  'cells-no-numbers': '{count} of its cells are not numbers, the first at line {line}: {cell}',
  'cells-not-plain-numbers':
    '{count} of its cells are not numbers, the first at line {line}: {cell}; write numbers as digits with a decimal point, without separators, spaces or %',
  'names-rows': 'it names or numbers the rows',
  'is-period': 'it is the period of the row',
  'is-left-out': 'a person said to leave it out',
  'is-row-number': 'it numbers the rows',
  'is-area-code': 'it is a code or a number of the area',
  'is-address': 'it is a telephone number or an address',
  'is-coordinate': 'it is a coordinate',
  'is-shape-size': 'it is a length or an area of the shape',
  'is-date': 'it is a date or a period',
  'is-level': 'it is a level of the hierarchy',
  'is-rank': 'it is a rank',
  'is-sum-of-columns': 'it sums up other columns',
  'rises-by-step': 'its values rise by the same step, so it numbers the rows',
  'holds-years': 'its values are years',
  'holds-months': 'its values are years with months',
  'holds-longitudes': 'its values are the longitudes of the wards',
  'holds-latitudes': 'its values are the latitudes of the wards',
  'bounds-trend': 'it is a bound of the trend, not a figure of the ward',

  // Rows of wards
  'rows-empty': 'Empty rows were left out.',
  'rows-nameless': 'Rows without a ward name or code were left out.',
  'rows-summing-up': 'Rows that sum up others (called Total, Average and the like) were left out: they are not wards.',
  'rows-called-areas': 'Rows that are called as an LGA or state were left out: they are not wards.',
  'rows-heading': 'Rows with the name of an area and no value were left out: they are headings and not wards.',
  'rows-unknown': 'Rows whose name says that the ward is not known were left out: they name no ward.',
  'rows-remarks':
    'Remarks about the table, and rows without values and without the area that others have, were left out.',
  'rows-of-areas':
    'Rows that are the sum or the mean of other rows, or stand for their area, were left out: they are not wards.',
  'rows-repeat-ward': 'Rows that repeat a ward with the same values were left out; its first row was kept.',
  'rows-of-total-period': 'Rows of a total over the periods were left out.',
  'periods-of-other-length': 'Periods of another length than most (years beside months) are not in the mean or sum.',
  'one-row-a-value':
    'The table has one row a value: each {element} became a column, and {unread} rows without a number were left out.',
  'tables-put-together': '{tables} ward tables were put together; lines count on from file to file.',
  'columns-of-some-files': 'Columns that not all files have: in the rows of the others they are missing.',
  'names-repeat': 'Ward names that repeat are shown with their code, LGA, state or line in brackets.',

  // Boundaries
  'attributes-read-as': '{why}: attributes were read as {encoding}.',
  'no-cpg-but-code-page': 'There is no .cpg file, and the .dbf names its code page',
  'no-cpg': 'There is no .cpg file',
  'cpg-does-not-fit': 'The .cpg file names an encoding that does not fit ({name})',
  'wgs84-assumed': '{found}: the coordinates lie in the range of degrees and were taken as WGS84.',
  'no-prj': 'There is no .prj file',
  'prj-empty': 'The .prj file is empty',
  'geopackage-without-system': 'The GeoPackage names no coordinate system',
  'coordinates-converted': 'Coordinates were converted from {system} to WGS84 degrees.',
  'coordinates-converted-roughly':
    'Coordinates were converted from {system} to WGS84 degrees. Its datum is not known here, so places may be off by up to a few hundred metres.',
  'layer-as-settled': 'The layer {name} was read, as settled; the file has {layers} layers.',
  'layer-by-name-and-size': 'The layer {name} was read, by its name and size; the file has {layers} layers.',
  'files-without-boundaries': 'Files that hold no boundaries were ignored.',
  'files-without-polygons': 'Files without polygons were ignored: wards are polygons.',
  'features-without-polygon': 'Features without a polygon were left out.',
  'points-and-lines': 'Points and lines were left out: wards are polygons.',
  'rings-too-short': 'Rings of fewer than four points were left out.',
  'rings-by-place': 'Rings whose direction says nothing were taken as outlines or holes by where they lie.',
  'features-deleted': 'Features that are flagged as deleted in the .dbf were left out.',
  'features-united': 'Wards that have several features were united: each is one ward of several parts.',

  // Facility tables
  'reports-nameless': 'Rows without a ward or a facility were left out.',
  'reports-of-unknown-ward': 'Rows whose ward is not known were left out: such a name is no ward.',
  'reports-summing-up':
    'Rows that sum up others (called Total, Average and the like) were left out: they are not wards or facilities.',
  'reports-of-areas': 'Rows of an LGA or a state were left out: the ward is its own LGA or state.',
  'reports-of-other-levels': 'Rows of facilities of other levels were left out.',
  'reports-of-other-tests': 'Rows that count something else than the chosen tests were left out.',
  'reports-repeated': 'Rows that repeat a facility and a period with the same counts were counted once.',
  'reports-repeated-differing': 'Rows repeat a facility and a period with other counts.',
  'reports-repeated-without-period': 'Rows without a period repeat a facility with the same counts.',
  'reports-refused': 'Rows with impossible counts were refused.',
  'reports-of-totals':
    'Reports that sum up other reports of the same facility (a total, quarter or year beside its months) were left out: {periods,}.',
  'without-period': 'without a period',
  'reports-without-year': 'Reports whose period names no year are in no figure of a year and in no trend.',
  'facilities-summing-up': 'Rows that sum up the facilities of their ward were left out: they are not facilities.',
  'wards-spelled-in-several-ways': 'Wards that the facility table spells in several ways were taken as one.',
  'facilities-spelled-in-several-ways':
    'Facilities that differ only in capitals or spaces were taken as the same facility.',
  'headers-broken': 'Headers with broken characters were read as the headers they stand for.',
  'no-lga-column': 'There is no LGA column: wards are told apart by name alone.',
  'no-month-column': 'There is no month column: completeness is not known.',
  'columns-added-up':
    '{columns} columns count {method} {counted} {age} and were added up, because you gave them the same role.',
  'columns-read-as-one':
    '{columns} columns count {method} {counted} {age} and were read as one: where both have a value, they agree.',
  'tests-not-counted': 'The file does not count these, so they are not in the figures.',
  'tests-counted-by-half':
    'The file counts these people as tested or as positive, but not both: they are not in the figures.',

  // Test positivity joined to wards
  'no-ward-table':
    'There is no ward table: the wards are those of the facility table. Wards without a facility are missing, and test positivity is the only indicator. To rank, measure it for several ages or methods, or upload a ward table.',
  'measured-names-repeat': 'Ward names that repeat are shown with their code, LGA or line in brackets.',
  'positivity-joined': 'Test positivity was joined as {column}: {joined} of {measured} measured wards.',
  'no-lga-shared-with-facilities':
    'The ward table and the facility table share no LGA name: positivity was joined by ward name within the whole file.',
  'measured-spelled-differently':
    'Wards joined to a measured ward whose name is spelled differently in the facility table.',
  'measured-not-joined': 'Measured wards that are not in the ward table, or whose name is ambiguous.',
  'few-reports': 'Fewer than half of the expected reports of a ward are there in these years.',
  'incidence-means':
    'Incidence is positive tests per 1,000 of all people in {people}, whatever the year and the age of those tested: people who fell ill and were not tested are not in it, and a ward that reports less seems to have less.',
  'trend-means':
    '{trend} is the Theil–Sen slope of positivity in percentage points a year; it lies within 95 % bounds above 0 in {above} wards, below 0 in {below}, and has too few values for bounds in {unbounded}.',

  // Wards joined to boundaries
  'names-joined-within-file-no-lga': 'The ward table has no LGA: names were joined within the whole file.',
  'names-joined-within-file': 'The two files share no LGA name or code: names were joined within the whole file.',
  'states-spelled-differently': 'States that the two files spell differently were taken as the same.',
  'different-states': 'The two files are of different states: no ward was joined by name.',
  'state-of-wards-assumed': 'The ward table names no state; by the LGAs, all are taken to be in {state}.',
  'state-of-boundaries-assumed': 'The boundaries name no state; by the LGAs, all are taken to be in {state}.',
  'codes-contradict-names': '{count} of {compared} wards have the code of a boundary with another name: {effect}.',
  'joined-by-name-as-settled': 'as settled, wards were joined by name and not by code',
  'left-without-boundary-as-settled': 'as settled, they were left without a boundary',
  'joined-by-code-as-settled': 'as settled, they were joined by code',
  'joined-by-code': 'they were joined by code; check them',
  'boundaries-stay': '{found}. As settled, the boundaries stay.',
  'axes-exchanged': 'As settled, longitude and latitude of the boundaries were exchanged.',
  'lgas-without-boundary':
    'LGAs of the ward table that the boundaries do not have, perhaps because they spell them differently: their wards are joined only by code or by hand.',
  'codes-without-boundary':
    'Wards whose code no boundary has, perhaps because a leading zero was lost: they were joined by name if it matches.',
  'joined-by-code-spelled-differently': 'Wards joined by code and spelled differently in the boundaries.',
  'joined-by-name-spelled-differently': 'Wards joined by name and spelled differently in the boundaries.',
  'matches-accepted': 'Wards that a person joined to a boundary.',
  'matches-refused': 'Likely boundaries that a person refused.',
  'wards-without-boundary': '{count} of {wards} wards have no boundary.',
  'boundaries-without-ward': '{count} of {boundaries} boundaries have no ward.',
  'too-many-for-suggestions':
    'Too many wards have no boundary, so no likely ones are suggested: the two files may cover different areas.',
} as const
