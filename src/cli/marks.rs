//! wip
use super::failure::Failure;
use super::options::Options;
use crate::interview::Interview;
use crate::shell::Ledger;
use std::sync::Arc;
/// wip
pub fn ledger(_: Arc<Interview>) -> Option<Box<dyn Ledger>> {
    None
}
/// wip
pub fn run(_: &clap::ArgMatches, _: &Options) -> Result<(), Failure> {
    Ok(())
}
