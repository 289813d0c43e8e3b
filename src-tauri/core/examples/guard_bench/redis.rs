//! The reference's limiter on a Redis: a fixed-window pair weighed as a sliding one, decided by a script in the server.
//! Speaks just enough of the protocol (RESP2) for that, and encodes a command once: the client must not be what is slow.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use foray_core::rate_limit::HOUR_MS;

use super::Outcome;

/// Written after the description of the reference's rules: the previous window counts by the share of it that still lies
/// in the last hour, rounded down; -1 refuses.
const SCRIPT: &str = "
local limit, now, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local current = tonumber(redis.call('GET', KEYS[1]) or 0)
local previous = tonumber(redis.call('GET', KEYS[2]) or 0)
local weight = math.floor((1 - (now % window) / window) * previous)
if weight + current >= limit then
  return -1
end
local used = redis.call('INCR', KEYS[1])
if used == 1 then
  redis.call('PEXPIRE', KEYS[1], window * 2 + 1000)
end
return limit - (used + weight)";

/// Any moment: both sides' windows are full for all of the run.
const NOW_MS: i64 = 1_700_000_000_000;

pub struct Redis {
    stream: BufReader<TcpStream>,
    /// One decision, encoded.
    decide: Vec<u8>,
    pipeline: Vec<u8>,
}

impl Redis {
    /// Connects and fills the tenant's window.
    pub fn connect(address: &str, tenant: &str, limit: u32) -> Outcome<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let mut redis = Self { stream: BufReader::new(stream), decide: Vec::new(), pipeline: Vec::new() };
        redis.send(&command(&["SCRIPT", "LOAD", SCRIPT]))?;
        let Reply::Text(hash) = redis.reply()? else { return Err("the script got no name".into()) };
        let window = NOW_MS / HOUR_MS;
        redis.decide = command(&[
            "EVALSHA",
            &hash,
            "2",
            &format!("{{{tenant}}}:{window}"),
            &format!("{{{tenant}}}:{}", window - 1),
            &limit.to_string(),
            &NOW_MS.to_string(),
            &HOUR_MS.to_string(),
        ]);
        for left in (0..i64::from(limit)).rev() {
            if redis.decide(1)? != [left] {
                return Err("the script does not count as it should".into());
            }
        }
        Ok(redis)
    }

    /// Asks `times` in one go, and is refused each time.
    pub fn refused(&mut self, times: usize) -> Outcome {
        if self.decide(times)?.iter().all(|answer| *answer == -1) {
            Ok(())
        } else {
            Err("the script admitted a call to a full window".into())
        }
    }

    fn decide(&mut self, times: usize) -> Outcome<Vec<i64>> {
        self.pipeline.clear();
        for _ in 0..times {
            self.pipeline.extend_from_slice(&self.decide);
        }
        self.stream.get_mut().write_all(&self.pipeline)?;
        (0..times)
            .map(|_| match self.reply()? {
                Reply::Number(number) => Ok(number),
                Reply::Text(text) => Err(format!("the script answered {text:?}").into()),
            })
            .collect()
    }

    fn send(&mut self, command: &[u8]) -> Outcome {
        Ok(self.stream.get_mut().write_all(command)?)
    }

    fn reply(&mut self) -> Outcome<Reply> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let line = line.trim_end();
        match line.split_at_checked(1) {
            Some((":", number)) => Ok(Reply::Number(number.parse()?)),
            Some(("$", length)) => {
                let mut text = vec![0; length.parse::<usize>()? + 2];
                self.stream.read_exact(&mut text)?;
                Ok(Reply::Text(String::from_utf8(text)?.trim_end().to_owned()))
            }
            _ => Err(format!("Redis answered {line:?}").into()),
        }
    }
}

enum Reply {
    Number(i64),
    Text(String),
}

fn command(words: &[&str]) -> Vec<u8> {
    let mut encoded = format!("*{}\r\n", words.len()).into_bytes();
    for word in words {
        for part in ["$", &word.len().to_string(), "\r\n", word, "\r\n"] {
            encoded.extend_from_slice(part.as_bytes());
        }
    }
    encoded
}
