//! Listings and checks, run for a page: four at once, each in a folder of its own.

mod artifacts;
mod check_run;
mod comparison;
mod events;
mod listing_run;
mod register;
mod report;
mod requests;
mod under_way;
mod work;

pub(crate) use register::Runs;
pub(crate) use requests::routes;
