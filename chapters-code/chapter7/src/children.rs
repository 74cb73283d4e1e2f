//! Children with exact behaviour, for what no Unix tool shows.
