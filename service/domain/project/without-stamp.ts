const VERSION_COLUMN = /^[^\r\n]*,dataset_version\r?\n/

/**
 * A result, a plan or a file of either without what only tells when and in which session it was made: ids, dates and
 * the data version. Two that were computed from the same data by the same choices are then equal to the byte.
 * @param text JSON, GeoJSON, CSV or HTML as this service writes it
 */
export function withoutStamp(text: string): string {
  const plain = VERSION_COLUMN.test(text) ? text.replaceAll(/,\d+(?=\r?(?:\n|$))/g, '') : text
  return stampForms().reduce((rest, form) => rest.replaceAll(form, '$1'), plain)
}

/** Every form in which they are written; the first group of each stays. */
function stampForms(): readonly RegExp[] {
  return [
    /("(?:id|analysisId|planId)":")[\w-]{32}(?=")/g,
    /("(?:createdAt|lockedAt)":)(?:null|"[^"]*")/g,
    /("lockedBy":)(?:null|"(?:[^"\\]|\\.)*")/g,
    /()(?:,"lockIsFromProject":true| \(as the opened project records it\))/g,
    /("datasetVersion":)\d+/g,
    // The question whether several files are one table names them.
    /\b(several-files)(?::[\w-]+)+/g,
    /\b((?:analysis|Plan) )[\w-]{32}(?![\w-])/g,
    /\b(analysed |locked at )\d{4}-\d\d-\d\dT[\d:.]+Z/g,
    /\b((?:[Dd]ata|[Dd]ataset) version )\d+/g,
    /(<dt>Data<\/dt><dd>version )\d+/g,
  ]
}
