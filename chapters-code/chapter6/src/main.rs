//! Chapter 6: its listings, in reading order.

mod listings {
    pub mod chunk_lengths;
    pub mod deaf_ffmpeg;
    pub mod eaten_lines;
    pub mod flushed_wav;
    pub mod four_interrupts;
    pub mod full_queue;
    pub mod killed_ffmpeg;
    pub mod nothing_lost;
    pub mod odd_chunks;
    pub mod signal_then_drain;
    pub mod slow_consumer;
    pub mod tone_to_wav;
    pub mod unread_seconds;
    pub mod unread_stderr;
    pub mod unsaved_wav;
    pub mod wav_through_a_pipe;
    pub mod whole_samples;
}

use chapter6::{children, recorder};
use std::process::ExitCode;

fn main() -> ExitCode {
    use listings::*;
    listing::chapter!("The microphone")
        .listing(
            "chunk_lengths",
            "a producer, a queue, and the length of each chunk",
            chunk_lengths::main,
        )
        .needs("ffmpeg")
        .python("chunk_lengths.py", "the same in Python")
        .needs("ffmpeg")
        .listing(
            "slow_consumer",
            "where the bytes wait when nobody takes them",
            slow_consumer::main,
        )
        .listing(
            "full_queue",
            "what a full queue drops, counted",
            full_queue::main,
        )
        .listing(
            "eaten_lines",
            "ffmpeg reads the stdin of its parent",
            eaten_lines::main,
        )
        .needs("ffmpeg")
        .listing(
            "unread_stderr",
            "ffmpeg stuck on messages that nobody reads",
            unread_stderr::main,
        )
        .needs("ffmpeg")
        .listing(
            "wav_through_a_pipe",
            "a WAV that was written where nothing can be corrected",
            wav_through_a_pipe::main,
        )
        .needs("ffmpeg")
        .listing(
            "odd_chunks",
            "the same bytes, cut between samples and inside them",
            odd_chunks::main,
        )
        .python("odd_chunks.py", "Python refuses half a sample")
        .listing(
            "whole_samples",
            "carry the odd byte into the next chunk",
            whole_samples::main,
        )
        .listing(
            "tone_to_wav",
            "a tone from a child into a WAV file",
            tone_to_wav::main,
        )
        .listing(
            "unsaved_wav",
            "six ways to end before the file is finished",
            unsaved_wav::main,
        )
        .listing(
            "flushed_wav",
            "what a flush keeps when the program does not end well",
            flushed_wav::main,
        )
        .listing(
            "killed_ffmpeg",
            "what is left of the WAV that ffmpeg writes itself",
            killed_ffmpeg::main,
        )
        .needs("ffmpeg")
        .listing(
            "unread_seconds",
            "how many seconds of tone wait in a full pipe",
            unread_seconds::main,
        )
        .listing(
            "deaf_ffmpeg",
            "a signal to an ffmpeg that waits for its reader",
            deaf_ffmpeg::main,
        )
        .needs("ffmpeg")
        .listing(
            "four_interrupts",
            "what impatience costs",
            four_interrupts::main,
        )
        .needs("ffmpeg")
        .listing(
            "nothing_lost",
            "signal, then read to the end, and compare",
            nothing_lost::main,
        )
        .needs("ffmpeg")
        .listing(
            "signal_then_drain",
            "stop a producer and a queue without losing a chunk",
            signal_then_drain::main,
        )
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
