# Asking the program: what it says, how far it is, and how it fails.

# Runs the program. Gives what it printed. What it says of its progress is shown if that is wanted,
# what it notes is a message, and what it refuses is an error.
ask <- function(arguments, progress = FALSE) {
  program <- rpp_program()
  said <- tempfile("rppsim-said-")
  process <- processx::process$new(
    program, arguments, stdout = said, stderr = "|", encoding = "UTF-8")
  show <- progress_line(progress)
  # An interrupt ends up here, too. The program then stops by itself and leaves nothing half done.
  on.exit({
    if (process$is_alive()) {
      process$interrupt()
      process$wait(3000)
      process$kill()
    }
    show("")
    unlink(said)
  })
  complaint <- character()
  repeat {
    process$poll_io(200)
    lines <- process$read_error_lines()
    far <- grepl("^[a-z ]+: [0-9]+ of [0-9]+", lines)
    if (any(far)) show(utils::tail(lines[far], 1))
    complaint <- c(complaint, lines[!far])
    if (!process$is_incomplete_error() && !process$is_alive()) break
  }
  status <- process$get_exit_status()
  if (!identical(status, 0L)) refuse(status, complaint)
  notes <- grepl("^note:", complaint)
  show("")
  for (note in complaint[notes | progress]) message("rppsim: ", sub("^note: ", "", note))
  readLines(said, encoding = "UTF-8", warn = FALSE)
}

# A line at the foot of the screen that is written over and over; an empty one wipes it.
progress_line <- function(wanted) {
  shown <- FALSE
  function(line) {
    if (!wanted || !(shown || nzchar(line))) return(invisible())
    cat("\r", formatC(line, width = -70), if (!nzchar(line)) "\r", sep = "", file = stderr())
    shown <<- nzchar(line)
  }
}

refuse <- function(status, complaint) {
  complaint <- paste(complaint, collapse = "\n")
  if (status %in% c(130L, -2L)) raise("interrupted", "The program was interrupted.", status)
  class <- if (status == 2L) "bad_input" else "failure"
  if (!nzchar(complaint)) complaint <- paste("The program ended with exit code", status)
  raise(class, sub("^error: ", "", complaint), status)
}

# An error of one of the classes that `rpp-conditions` lists.
raise <- function(class, message, status = NA_integer_) {
  stop(structure(
    class = c(paste0("rppsim_", class), "rppsim_error", "error", "condition"),
    list(message = message, call = NULL, status = status)))
}

#' Errors of the package
#'
#' Every error of the program becomes an R error with the program's own message: place, what was
#' found, what is allowed, and a likely correction. All have the class `rppsim_error` and one of:
#'
#' - `rppsim_bad_input`: a scenario, a plan or a value is wrong; nothing was run or written;
#' - `rppsim_no_program`: the program is missing, something else, or too old;
#' - `rppsim_interrupted`: the program was stopped from outside;
#' - `rppsim_failure`: the system failed, or too many runs of a sweep did.
#'
#' The element `status` of such a condition is the exit code of the program.
#'
#' @name rpp-conditions
#' @examplesIf rppsim::rpp_available()
#' told <- tryCatch(
#'   rpp_run("cypress", set = list(agenda.treshold = 0.7)),
#'   rppsim_bad_input = conditionMessage)
#' cat(told)
NULL

# Arguments that most commands share: `--name value`, or nothing where there is no value.
option <- function(name, value) {
  if (!length(value)) return(NULL)
  if (is.numeric(value)) value <- digits(value, name)
  as.vector(rbind(paste0("--", name), as.character(value)))
}
