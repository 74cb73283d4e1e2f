# The book, and all that its listings use, in a container of your own:
#
#     docker build -t process-book .
#     docker run --rm -it --init -p 127.0.0.1:3000:3000 process-book
#
# Then open the address that it prints. The 127.0.0.1 before the ports keeps them to
# your machine: without it Docker publishes them to your network.

FROM debian:bookworm-slim AS tools

# What the listings need, one package a line. CI installs the same.
COPY .ci/listings-need.txt /tmp/listings-need.txt
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive xargs -a /tmp/listings-need.txt \
        apt-get install -q -y --no-install-recommends ca-certificates curl git procps \
    && rm -rf /var/lib/apt/lists/* /tmp/listings-need.txt \
    && useradd --create-home --shell /bin/bash reader

USER reader
ENV PATH=/home/reader/.cargo/bin:$PATH

# The Rust that the book is tested with. The sums are those that stand beside rustup-init.
RUN case "$(uname -m)" in \
        x86_64) sum=20a06e644b0d9bd2fbdbfd52d42540bdde820ea7df86e92e533c073da0cdd43c ;; \
        aarch64) sum=e3853c5a252fca15252d07cb23a1bdd9377a8c6f3efa01531109281ae47f841c ;; \
        *) echo "no rustup is known for $(uname -m)" >&2; exit 1 ;; \
    esac \
    && cd /tmp \
    && curl --proto =https --tlsv1.2 -sSfo rustup-init \
        "https://static.rust-lang.org/rustup/archive/1.28.2/$(uname -m)-unknown-linux-gnu/rustup-init" \
    && echo "$sum  rustup-init" | sha256sum --check --quiet \
    && chmod +x rustup-init \
    && ./rustup-init -y --quiet --no-modify-path --profile minimal --default-toolchain 1.95.0 \
    && rm rustup-init

FROM tools

RUN mkdir /home/reader/book
WORKDIR /home/reader/book
COPY --chown=reader . .
RUN cargo build --locked --workspace --exclude tests --bins

EXPOSE 3000
# Inside, all addresses: the port that is published leads to the container's own.
CMD ["cargo", "run", "--", "--no-open", "--host", "0.0.0.0", "--let-others-in"]
