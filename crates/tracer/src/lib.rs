//! Watches a run's processes, and tells what they do and what they wait for.
