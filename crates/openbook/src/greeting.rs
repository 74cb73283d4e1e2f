//! What the server says when it is ready, and the browser that it opens.

use anyhow::Context;
use server::{ForwardedName, in_address};
use std::env;
use std::fs::OpenOptions;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use study::print;

/// The address of the book, with what lets its pages run listings.
pub(crate) struct Address {
    pub(crate) listening: SocketAddr,
    pub(crate) token: String,
    pub(crate) forwarded: Vec<ForwardedName>,
    /// What was typed to open the book.
    pub(crate) started_by: &'static str,
}

impl Address {
    fn whole(&self) -> String {
        self.of("")
    }

    /// The address of a page.
    fn of(&self, page: &str) -> String {
        let port = self.listening.port();
        format!("http://{}:{port}/{page}{}", self.host(), self.fragment())
    }

    /// The IP address by which this machine reaches it.
    fn host(&self) -> String {
        in_address(match self.listening.ip() {
            ip if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            ip => ip,
        })
    }

    fn fragment(&self) -> String {
        format!("#token={}", self.token)
    }

    /// Says where the book is, and what to do where that is not enough.
    /// `wanted` is the port that was asked for, `last` the page that was read last, and
    /// `unkept` why nothing is kept, if so.
    pub(crate) fn print(&self, wanted: u16, last: Option<&str>, unkept: Option<&str>) {
        let port = self.listening.port();
        let mut text = String::new();
        if port != wanted && wanted != 0 {
            text.push_str(&format!(
                "Port {wanted} is taken, perhaps by this book in another terminal.\n"
            ));
        }
        text.push_str(&format!("The book is open at {}\n", self.whole()));
        for name in &self.forwarded {
            let fragment = self.fragment();
            text.push_str(&format!("Forwarded: https://{name}/{fragment}\n"));
        }
        if let Some(last) = last {
            text.push_str(&format!("Go on where you were: {}\n", self.of(last)));
        }
        if let Some(why) = unkept {
            text.push_str(&self.kept_by_the_browser(why));
        }
        text.push_str("Whoever has this whole address can run its listings.\n");
        if !self.listening.ip().is_loopback() {
            text.push_str(
                "Warning: other machines can reach it. What they and you send is not encrypted: \
                 whoever can\nlisten to the network learns the address, and can run the listings \
                 as you.\n",
            );
        }
        if env::var_os("SSH_CONNECTION").is_some() {
            let host = self.host();
            text.push_str(&format!(
                "Over SSH: on the machine with your browser, run `ssh -L {port}:{host}:{port} \
                 HOST`, then open the address there.\nWith another port of that machine, `ssh -L \
                 8080:{host}:{port} HOST`, put that port into the address.\n"
            ));
        }
        if is_container() {
            text.push_str(&self.in_a_container());
        }
        text.push_str("Ctrl-C stops it.\n");
        // Nobody may be reading our stdout.
        let _ = print(&text);
    }

    /// What becomes of what the reader does, if no file can have it.
    fn kept_by_the_browser(&self, why: &str) -> String {
        let started_by = self.started_by.trim_end_matches(" --");
        format!(
            "{why}.\nSo only your browser keeps what you answer. To have it in a file too, name one \
             of your own\n(`BOOK_PROGRESS=FILE {started_by}`), or copy the book's folder to where \
             you may write.\n"
        )
    }

    /// How it can be reached from outside of its container.
    fn in_a_container(&self) -> String {
        let port = self.listening.port();
        let published = format!("`docker run -p 127.0.0.1:{port}:{port} …`");
        if !self.listening.ip().is_loopback() {
            return format!(
                "In a container: who reaches it is said by how its port is published. {published} \
                 keeps it\nto your own machine.\n"
            );
        }
        if !self.forwarded.is_empty() {
            return String::new();
        }
        format!(
            "In a container, unless your editor forwards the port: publish it to your own machine \
             alone\n({published}) and start with `{} --host 0.0.0.0 --let-others-in`; then \
             open\nthe address there, with your machine's port in it if that is another.\n",
            self.started_by
        )
    }

    /// Opens the browser where there is one, by a file in `folder` that leads
    /// to the address: a command line is seen by every user of the machine
    /// (`ps`), and the address is not for them.
    ///
    /// # Errors
    /// The file cannot be written, or the browser not be started.
    pub(crate) fn open(&self, folder: &Path) -> anyhow::Result<()> {
        if !has_screen() {
            return Ok(());
        }
        let path = folder.join("open-the-book.html");
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("writing {}", path.display()))?;
        let address = self.whole();
        write!(
            file,
            "<!doctype html>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" \
             content=\"0; url={address}\">\n<title>The book</title>\n\
             <p><a href=\"{address}\">Open the book</a>\n"
        )?;
        open::that_detached(&path).context("starting a browser")
    }
}

/// Without a display, `xdg-open` may start a browser in the terminal, or hang.
fn has_screen() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Docker and Podman each leave a file in a container's root.
fn is_container() -> bool {
    let mut marks = ["/.dockerenv", "/run/.containerenv"].iter();
    marks.any(|mark| Path::new(mark).exists())
}
