//! Chapter 6: its listings, in reading order.

mod listings {
    pub mod chunk_lengths;
    pub mod deaf_ffmpeg;
    pub mod eaten_lines;
    pub mod flushed_wav;
    pub mod full_queue;
    pub mod full_wav;
    pub mod killed_ffmpeg;
    pub mod nothing_lost;
    pub mod odd_chunks;
    pub mod second_interrupt;
    pub mod signal_then_drain;
    pub mod slow_consumer;
    pub mod stop_in_time;
    pub mod tone_to_wav;
    pub mod unread_seconds;
    pub mod unread_stderr;
    pub mod unsaved_wav;
    pub mod wav_formats;
    pub mod wav_through_a_pipe;
    pub mod whole_samples;
}

use chapter6::{children, recorder};
use std::process::ExitCode;

fn main() -> ExitCode {
    listing::chapter!("The microphone", {
        chunk_lengths: "a producer, a queue, and the length of each chunk"
            needs ["ffmpeg"],
        chunk_lengths.py: "the same in Python" needs ["ffmpeg"],
        slow_consumer: "where the bytes wait when nobody takes them",
        full_queue: "what a full queue drops, counted",
        eaten_lines: "ffmpeg reads the stdin of its parent" needs ["ffmpeg"],
        unread_stderr: "ffmpeg stuck on messages that nobody reads"
            needs ["ffmpeg"],
        wav_through_a_pipe:
            "a WAV that was written where nothing can be corrected"
            needs ["ffmpeg"],
        odd_chunks: "the same bytes, cut between samples and inside them",
        odd_chunks.py: "Python refuses half a sample",
        whole_samples: "carry the odd byte into the next chunk",
        tone_to_wav: "a tone from a child into a WAV file",
        unsaved_wav: "six ways to end before the file is finished",
        flushed_wav: "what a flush keeps when the program does not end well",
        killed_ffmpeg: "what is left of the WAV that ffmpeg writes itself"
            needs ["ffmpeg"],
        wav_formats: "one tone, six headers" needs ["ffmpeg"],
        no_length.py: "a length that nobody knew" needs ["ffmpeg"],
        full_wav: "a WAV that is full, and says so",
        unread_seconds: "how many seconds of tone wait in a full pipe",
        deaf_ffmpeg: "a signal to an ffmpeg that waits for its reader"
            needs ["ffmpeg"],
        signal_then_drain: "stop a producer and a queue without losing a chunk",
        stop_in_time: "a child that ignores the signal",
        nothing_lost: "signal, then read to the end, and compare"
            needs ["ffmpeg"],
        second_interrupt: "one INT, two and four" needs ["ffmpeg"],
    })
    .program(
        "record",
        "record the microphone into a WAV file",
        recorder::main,
    )
    .child("tone", children::tone)
    .child("unsaved", children::unsaved)
    .next(
        "Record: cargo run -p chapter6 -- record --output voice.wav\n\
         Next: cargo run -p chapter7",
    )
    .main()
}
