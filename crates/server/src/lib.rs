//! The served book: its pages over HTTP, rendered anew while they are written;
//! its listings, run and edited; its exercises and the reader's progress.
//!
//! Rooms import only from rooms above their own:
//!
//! | room | what it holds |
//! | --- | --- |
//! | `http` | what a request brings and how it is answered |
//! | `address`, `token` | by which names the server is called, and by whom |
//! | `ending`, `queue` | how a run is ended, and when it may begin |
//! | `rendered` | pages as mdBook has written them |
//! | `search` | what the search looks through |
//! | `sidebar` | what mdBook's sidebar knows of each page |
//! | `needed` | which of our scripts and styles a page loads |
//! | `head_and_foot` | what stands around a page's text |
//! | `made_of` | which source and versions a book is of |
//! | `render`, `live` | the book as it is now: rendered, and compiled |
//! | `edited` | listings as the reader has edited them |
//! | `runs` | listings and checks, run for a page |
//! | `study` | exercises and progress, as the page asks for them |
//! | `changes`, `watch` | files that are saved, and the open pages that hear of it |
//! | `guard`, `pages`, `server` | who may ask for what, and who answers |

mod address;
mod changes;
mod edited;
mod ending;
mod guard;
mod head_and_foot;
mod http;
mod live;
mod made_of;
mod needed;
mod pages;
mod queue;
mod render;
mod rendered;
mod runs;
mod search;
mod server;
mod sidebar;
mod study;
mod token;
mod watch;

pub use address::{ForwardedName, in_address};
pub use live::{Book, Runnable};
pub use made_of::made_of;
pub use render::{build_document, build_packed_book, build_static_book, build_static_book_in};
pub use server::Server;
