# Which program is asked, and whether it is one that this package knows how to ask.

# The first version that has what this package asks for.
oldest <- "0.1.0"

# The versions of the programs seen in this session, by path and time of change.
seen <- new.env(parent = emptyenv())

#' The program behind the package
#'
#' `rpp_program()` gives the path of the program `rppsim`, and `rpp_available()` says whether there is
#' one. The program is looked for in this order:
#'
#' 1. the option `rppsim.program`: `options(rppsim.program = "~/rppsim/target/release/rppsim")`;
#' 2. the environment variable `RPPSIM`, which may stand in `~/.Renviron`;
#' 3. the folders in `PATH`;
#' 4. `target/release` of the clone of rppsim in which R is working, if it is working in one;
#' 5. `~/.cargo/bin`, where `cargo install` puts programs.
#'
#' @return `rpp_program()`: a path. Its attribute `version` is the version of the program.
#'   `rpp_available()`: `TRUE` or `FALSE`.
#' @section Errors: a condition of class `rppsim_no_program` if there is no program, or if it is not
#'   rppsim or too old. It says where the program was looked for, and how to get it.
#' @examples
#' rpp_available()
#' @examplesIf rppsim::rpp_available()
#' rpp_program()
#' @export
rpp_program <- function() {
  found <- look_for_program()
  if (is.na(found$path)) {
    raise("no_program", paste0(
      "The program rppsim was not found.\n",
      "Looked for in:\n", paste0("  ", found$looked, collapse = "\n"), "\n",
      "To build it (Rust: https://rustup.rs), in a clone of rppsim:\n",
      "  cargo build --release\n",
      "To say where it is:\n",
      "  options(rppsim.program = \"path/to/rppsim/target/release/rppsim\")\n",
      "or, for all sessions, a line RPPSIM=path/to/rppsim/target/release/rppsim in ~/.Renviron"))
  }
  structure(found$path, version = checked_version(found$path))
}

#' @rdname rpp_program
#' @export
rpp_available <- function() {
  !is.null(tryCatch(rpp_program(), rppsim_no_program = function(missing) NULL))
}

# The path of the program, or NA; and the places where it was looked for. Who names a program means
# that one: no other is taken if it is not there.
look_for_program <- function() {
  named <- list(
    "the option rppsim.program" = getOption("rppsim.program", ""),
    "the environment variable RPPSIM" = Sys.getenv("RPPSIM"))
  for (where in names(named)) {
    path <- path.expand(named[[where]])
    if (nzchar(path)) {
      there <- file.exists(path) && !dir.exists(path)
      return(list(path = if (there) normalizePath(path) else NA,
                  looked = sprintf("%s, which names %s", where, path)))
    }
  }
  file <- if (.Platform$OS.type == "windows") "rppsim.exe" else "rppsim"
  clone <- clone_above(getwd())
  cargo <- Sys.getenv("CARGO_HOME", file.path(path.expand("~"), ".cargo"))
  places <- c(
    unname(Sys.which("rppsim")),
    if (!is.na(clone)) file.path(clone, "target", "release", file),
    file.path(cargo, "bin", file))
  there <- places[nzchar(places) & file.exists(places)]
  list(
    path = if (length(there)) normalizePath(there[1]) else NA,
    looked = c(paste(names(named), "(not set)"), "the folders in PATH",
               if (is.na(clone)) "a clone of rppsim (R is not working in one)", setdiff(places, "")))
}

# The folder of the clone of rppsim that `folder` is in, or NA.
clone_above <- function(folder) {
  repeat {
    manifest <- file.path(folder, "Cargo.toml")
    if (file.exists(manifest) &&
          any(grepl('^name *= *"rppsim"', readLines(manifest, warn = FALSE)))) {
      return(folder)
    }
    if (dirname(folder) == folder) return(NA)
    folder <- dirname(folder)
  }
}

# The version of the program at `path`, asked once a session.
checked_version <- function(path) {
  key <- paste(path, file.mtime(path))
  if (!is.null(seen[[key]])) return(seen[[key]])
  said <- tryCatch(
    processx::run(path, "--version", error_on_status = FALSE, timeout = 60)$stdout,
    error = function(error) conditionMessage(error))
  said <- trimws(said)
  version <- regmatches(said, regexec("^rppsim ([0-9]+(\\.[0-9]+)+)", said))[[1]][2]
  if (is.na(version)) {
    raise("no_program", sprintf(
      "%s is not the program rppsim. Asked for its version, it said:\n  %s", path,
      if (nzchar(said)) said else "(nothing)"))
  }
  if (numeric_version(version) < oldest) {
    raise("no_program", sprintf(
      "%s is version %s of rppsim; this package needs %s or later.\n%s", path, version, oldest,
      "To build a later one, in a clone of rppsim: git pull && cargo build --release"))
  }
  seen[[key]] <- version
  version
}
