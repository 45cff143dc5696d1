# R values in the language of scenario files.

#' R values as TOML
#'
#' How `set = list(...)` is read: names are the keys of a scenario, and values are translated.
#'
#' | in R | in TOML |
#' | --- | --- |
#' | `0.1`, `3`, `12L` | `0.1`, `3`, `12`: as few digits as give the same number again |
#' | `"a text"`, `TRUE` | `"a text"`, `true` |
#' | `c(3, 12)`; `list(3)` for one alone | `[3, 12]`; `[3]` |
#' | `list(integers = c(3, 12))` | `{ integers = [3, 12] }` |
#' | `c(pdi = 0.7, cypress = 0.3)` | `{ pdi = 0.7, cypress = 0.3 }` |
#'
#' What TOML cannot say is refused: `NA`, `NULL`, functions, and numbers that are not finite.
#'
#' @param value a number, text, truth value, vector or list.
#' @return A text.
#' @examples
#' rpp_toml(list(kind = "replace", seat = "secondary_director.1", month = list(integers = c(3, 12))))
#' rpp_toml(1 / 3)
#' @export
rpp_toml <- function(value) toml(value, "the value")

toml <- function(value, where) {
  if (is.factor(value)) value <- as.character(value)
  plain <- is.numeric(value) || is.character(value) || is.logical(value)
  if (is.object(value) || !(plain || is.list(value))) {
    cannot(where, paste("of class", class(value)[1]))
  }
  if (!is.null(names(value))) {
    keys <- bare(names(value), where)
    parts <- mapply(function(one, key) toml(one, paste0(where, "$", key)), as.list(value), keys)
    return(sprintf("{ %s }", paste(keys, parts, sep = " = ", collapse = ", ")))
  }
  if (plain && length(value) == 1) return(scalar(value, where))
  parts <- vapply(as.list(value), toml, "", where = where)
  sprintf("[%s]", paste(parts, collapse = ", "))
}

scalar <- function(value, where) {
  if (is.na(value)) cannot(where, "missing (NA)")
  if (is.logical(value)) return(if (value) "true" else "false")
  if (is.numeric(value)) return(digits(value, where))
  quoted(value)
}

cannot <- function(where, what) {
  raise("bad_input", sprintf(paste0(
    "%s is %s, which a scenario cannot say.\n",
    "  allowed: numbers, texts, TRUE and FALSE, vectors, lists and named lists of them"), where, what))
}

# A number with as few digits as give it again to the last bit; a whole one without a point.
digits <- function(value, where = "a number") {
  if (length(value) != 1 || !is.finite(value)) cannot(where, "not one finite number")
  if (value == trunc(value) && abs(value) < 2^53) return(sprintf("%.0f", value))
  tries <- sprintf(c("%.15g", "%.16g", "%.17g"), value)
  tries[match(value, numbers(tries))]
}

# Quotation marks stand as their numbers: the program parts variants at semicolons outside of them.
quoted <- function(text) {
  text <- enc2utf8(text)
  marks <- utf8ToInt(text)
  special <- marks < 32 | marks == 127 | marks %in% utf8ToInt("\"\\")
  shown <- ifelse(special, sprintf("\\u%04X", marks), intToUtf8(marks, multiple = TRUE))
  paste0('"', paste(shown[nzchar(text)], collapse = ""), '"')
}

# Keys may have points: `grant.project.gap`. What is no bare key stands in quotation marks.
bare <- function(keys, where) {
  if (anyNA(keys) || !all(nzchar(keys))) cannot(where, "a list in which some have names and some have not")
  plain <- grepl("^[A-Za-z0-9_-]+(\\.([A-Za-z0-9_-]+|\"[^\"]*\"))*$", keys)
  keys[!plain] <- vapply(keys[!plain], quoted, "")
  keys
}

# `set` as the program wants it: KEY=TOML, each.
assignments <- function(set, where = "set") {
  if (is.character(set) && is.null(names(set))) return(set)
  if (!length(set)) return(character())
  if (is.null(names(set)) || !all(nzchar(names(set)))) {
    raise("bad_input", sprintf(paste0(
      "every element of `%s` needs a name, the key that it changes.\n",
      "  allowed: %s = list(agenda.newness = 0), or texts such as \"agenda.newness=0\""), where, where))
  }
  keys <- names(set)
  paste0(keys, "=", mapply(
    function(value, key) toml(value, paste0(where, "$", key)), as.list(set), keys))
}
