//! Answers a question, the first argument, as the module for the browser does.

fn main() {
    println!("{}", rppsim_web::ask(&std::env::args().nth(1).unwrap_or_default()));
}
