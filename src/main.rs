//! The `avow` program: hands its arguments to the command line and returns its exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    avow::cli::main()
}
