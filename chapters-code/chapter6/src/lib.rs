//! The microphone: the recorder, which a reader keeps, and the child that
//! stands in for ffmpeg. They are a library so that the benchmark and the tests
//! can call them; the chapter's listings are in `main.rs`.

pub mod children;
pub mod recorder;
