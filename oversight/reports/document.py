"""The document of an edition: all that is ever printed or shown of it, as plain JSON.

PDF and pages are drawn from it alone. Whatever people read is there in every language (`{"en": …, "fr": …}`,
called *both* below), so that a later translation changes no edition. Days are ISO dates. A `null` number was
not shown: hidden, or nothing was there to measure. Nothing in it says what a hidden number is.

    title, office: both          place: code             demo: bool         paper: Letter | A4
    period       {name: "2026-H1", words: both, first, last}
    number       1, and one more for each correction     counted_on: day    address: the office's site
    small_numbers {threshold, floor}
    message      {by: name, paragraphs: [both]} or null
    changes      [both]: what a correction changes; empty in a first edition
    glance       six of {code, number: both, what: both, means: both}
    chapters     [{id, title: both, lead: both, tables: [table]}]
    outcomes     [{reference, published_on, about: both, finding: both, url}]
    overdue      {count: int or null, files: [{received, stage, deadline, late, reason: both}], says: both}
    methods      [{title: both, paragraphs: [both]}]
    limits       [both]
    glossary     [{word: both, means: both}], in the order of the English words

A *table*:

    id           its name, and its choice where there are several of it; unique in the document
    name         its name in `figures.tables`
    title, definition: both
    head         both: what the rows are called, the head of the first column
    rows, columns: [both]
    kinds        one for each column: count | measure | share (a part of one)
    cells        [[number or null]], row by row
    hidden       [[row, column]]: the cells that are null because they are hidden
    row_totals, column_totals: [int or null]; null as a whole where a sum would make no sense
    total        int or null
    printable    false where nothing of it could be shown safely; then every number is null
    why_not      both, or null
    unknown      [{code, words: both, count: int or null, share: number or null}]
    notes        [both]: where it comes from, and what was left out
    says         both: the sentence that tells what its chart shows
    chart        {kind: bars | stacked | upright | lines, columns: [indices], cells: [[…]] } or null
"""
