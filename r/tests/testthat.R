library(testthat)
library(rppsim)

test_check("rppsim")
