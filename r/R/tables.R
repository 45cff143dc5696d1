# Tables of the program as data frames, every number to the last bit.

# Numbers from texts. R's own readers round twice, so that about one number in ten thousand comes out
# one bit off (R 4.2, as.numeric and read.csv); those of jsonlite are rounded once, as they must be.
numbers <- function(texts) {
  distinct <- unique(texts)
  known <- !is.na(distinct)
  values <- rep(NA_real_, length(distinct))
  if (any(known)) {
    json <- paste0("[", paste(distinct[known], collapse = ","), "]")
    values[known] <- as.numeric(jsonlite::fromJSON(json))
  }
  values[match(texts, distinct)]
}

a_number <- "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$"

# Units in the program's dictionary that say that a column holds names or words, whatever they look
# like: an organization may be called "2".
is_wordy <- function(unit) {
  grepl("^(name|key|seat|organization|role|level|words?|command)$", unit) |
    (grepl(" or ", unit) & !grepl("[0-9]", unit))
}

# A table from the text of a CSV file. `units` are those of its columns, by name, as far as known.
read_table <- function(text, units = character()) {
  cells <- utils::read.csv(
    text = text, colClasses = "character", na.strings = "", check.names = FALSE,
    encoding = "UTF-8", fill = FALSE, comment.char = "")
  for (column in names(cells)) {
    values <- cells[[column]]
    wordy <- column %in% names(units) && is_wordy(units[[column]])
    if (!wordy && all(is.na(values) | grepl(a_number, values))) cells[[column]] <- numbers(values)
  }
  as_frame(cells)
}

as_frame <- function(frame) {
  if (requireNamespace("tibble", quietly = TRUE)) tibble::as_tibble(frame) else frame
}

read_text <- function(file) {
  text <- readChar(file, file.size(file), useBytes = TRUE)
  Encoding(text) <- "UTF-8"
  text
}

# Puts all tables of a folder into an environment, each read when it is first asked for.
add_tables <- function(into, folder) {
  files <- list.files(folder, "[.]csv$")
  dictionary <- if ("dictionary.csv" %in% files) {
    read_table(read_text(file.path(folder, "dictionary.csv")), c(unit = "words", meaning = "words"))
  }
  for (file in files) local({
    text <- read_text(file.path(folder, file))
    about <- dictionary[dictionary$file == file, ]
    units <- stats::setNames(about$unit, about$column)
    delayedAssign(sub("[.]csv$", "", file), read_table(text, units), assign.env = into)
  })
}
