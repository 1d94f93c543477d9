//! Times ristretto255 of curve25519-dalek as `RistrettoBench` times ours, and answers it for comparison.
//!
//! `bench ROUNDS OPERATIONS` prints `name median least most`, nanoseconds of processor time of this thread an operation.
//! `multiply` reads `SCALAR POINT` in hex, a line each, and prints the encoding of the product, or `refused`.

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use std::hint::black_box;
use std::io::BufRead;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["bench", rounds, operations] => match (rounds.parse(), operations.parse()) {
            (Ok(rounds), Ok(operations)) if rounds > 0 && operations > 0 => bench(rounds, operations),
            _ => usage(),
        },
        ["multiply"] => multiply(),
        _ => usage(),
    }
}

fn usage() {
    eprintln!("usage: lamplighter-peer-dalek bench ROUNDS OPERATIONS | multiply");
    std::process::exit(2);
}

fn bench(rounds: usize, operations: usize) {
    let scalar = Scalar::from_bytes_mod_order_wide(&uniform(1));
    let point = RistrettoPoint::from_uniform_bytes(&uniform(2));
    // Each result is the next input, as on the other side.
    measure("whole", rounds, operations, point.compress(), |encoding| {
        (decoded(encoding) * scalar).compress()
    });
    measure("multiply", rounds, operations, point, |point| point * scalar);
    measure("multiplyBase", rounds, operations, scalar, |scalar| {
        black_box(RistrettoPoint::mul_base(&scalar));
        scalar
    });
    measure("decode", rounds, operations, point.compress(), |encoding| {
        black_box(decoded(encoding));
        encoding
    });
    measure("encode", rounds, operations, point, |point| {
        black_box(point.compress());
        point
    });
    measure("fromUniformBytes", rounds, operations, uniform(3), |bytes| {
        black_box(RistrettoPoint::from_uniform_bytes(&bytes));
        bytes
    });
}

fn measure<T>(name: &str, rounds: usize, operations: usize, start: T, operation: impl Fn(T) -> T) {
    let mut value = start;
    let mut nanos = Vec::with_capacity(rounds);
    for round in 0..rounds + 2 {
        let before = thread_nanos();
        for _ in 0..operations {
            value = operation(black_box(value));
        }
        if round >= 2 {
            nanos.push((thread_nanos() - before) / operations as f64);
        }
    }
    black_box(value);
    nanos.sort_by(f64::total_cmp);
    println!("{name} {:.0} {:.0} {:.0}", nanos[rounds / 2], nanos[0], nanos[rounds - 1]);
}

fn thread_nanos() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a timespec of our own.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert!(failed == 0, "no clock of the thread");
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

fn multiply() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("stdin");
        let answer = line.split_once(' ').and_then(|(scalar, point)| {
            let scalar = Option::<Scalar>::from(Scalar::from_canonical_bytes(from_hex(scalar)?))?;
            let point = CompressedRistretto(from_hex(point)?).decompress()?;
            Some(to_hex(&(point * scalar).compress().0))
        });
        println!("{}", answer.as_deref().unwrap_or("refused"));
    }
}

fn decoded(encoding: CompressedRistretto) -> RistrettoPoint {
    encoding.decompress().expect("an encoding of our own")
}

/// Bytes without a pattern, the same in each run.
fn uniform(seed: u64) -> [u8; 64] {
    let mut state = seed;
    std::array::from_fn(|_| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 56) as u8
    })
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let bytes = text.as_bytes();
    if bytes.len() != 64 {
        return None;
    }
    let mut out = [0; 32];
    for (i, byte) in out.iter_mut().enumerate() {
        let pair = std::str::from_utf8(&bytes[2 * i..2 * i + 2]).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(out)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
