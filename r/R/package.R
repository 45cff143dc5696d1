#' rppsim: simulate research-practice partnerships
#'
#' The package runs the program `rppsim` and reads what it leaves. It needs no compiler: it finds the
#' program (see [rpp_program()]), asks it, and gives data frames. Start with [rpp_run()] and
#' [rpp_compare()], or with `vignette("first-steps", "rppsim")`.
#'
#' @section Options:
#' - `rppsim.program`: the path of the program;
#' - `rppsim.progress`: whether calls show how far they are (only in interactive sessions, unless set).
#'
#' @keywords internal
"_PACKAGE"

# The pronoun of ggplot2's aes(), which is known only within it.
utils::globalVariables(".data")
