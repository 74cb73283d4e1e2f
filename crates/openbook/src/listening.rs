//! Where the server listens.

use crate::command_line::Opening;
use anyhow::{Context, bail};
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};

/// How many ports are tried when the first is taken.
const PORTS_TRIED: u16 = 100;

/// Listens where the command line says, on the first port from there that is
/// free; where that port is forwarded, on no other.
///
/// # Errors
/// No port is free, or the one that is forwarded is not.
pub(crate) fn listen(opening: &Opening) -> anyhow::Result<TcpListener> {
    let first = opening.port;
    for port in first..=first.saturating_add(PORTS_TRIED - 1) {
        match TcpListener::bind((opening.host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                if let Some(name) = opening.forwarded_as.first() {
                    bail!(
                        "port {port} is taken, perhaps by this book in another terminal, and what \
                         is forwarded as {name} would lead there: end that, or name another by \
                         --port and have it forwarded"
                    );
                }
            }
            Err(error) => {
                let address = SocketAddr::new(opening.host, port);
                return Err(error).with_context(|| {
                    format!("listening on {address}: try another --host or --port")
                });
            }
        }
    }
    bail!("the ports from {first} on are taken: name another by --port")
}

/// Refuses an address that others can reach, unless they are to be let in.
///
/// # Errors
/// Other machines can reach the host, and nobody insisted on that.
pub(crate) fn refuse_to_be_reached(opening: &Opening) -> anyhow::Result<()> {
    if opening.host.is_loopback() || opening.let_others_in {
        return Ok(());
    }
    bail!(
        "other machines can reach {}: whoever learns the address that is printed could run the \
         listings as you. If you want that, say --let-others-in",
        opening.host
    )
}
