//! A function that leaves no frame of its own in a listing that calls it.

/// Its frame is none of its own, and its line none of the listing's.
#[inline(always)]
pub fn compiled_into_its_caller(wait: fn()) {
    loop {
        wait();
    }
}
