//! A small PNG writer.
//!
//! plotters encodes bitmaps only into files; these pictures are wanted in
//! memory. Flat areas dominate them, so plain matching with fixed codes comes
//! close enough to what a full compressor would reach.

/// Encodes `width` × `height` pixels of 8-bit red, green and blue.
pub(super) fn encode(rgb: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]); // 8 bits a channel, true colour, not interlaced
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &zlib(&filtered(rgb, width as usize * 3)));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    png.extend(crc32(&png[start..]).to_be_bytes());
}

/// Every row as its difference from the row above (PNG's filter 2): all that
/// does not change downwards becomes zero.
fn filtered(rgb: &[u8], stride: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(rgb.len() + rgb.len() / stride.max(1) + 1);
    let mut above = vec![0; stride];
    for row in rgb.chunks_exact(stride) {
        out.push(2);
        out.extend(row.iter().zip(&above).map(|(now, up)| now.wrapping_sub(*up)));
        above.copy_from_slice(row);
    }
    out
}

/// A zlib stream of one deflate block with the fixed codes.
fn zlib(data: &[u8]) -> Vec<u8> {
    const LONGEST: usize = 258;
    const WINDOW: usize = 32_768;
    let mut bits = Bits { out: vec![0x78, 0x01], held: 0, count: 0 };
    bits.put(0b011, 3); // last block, fixed codes

    let slot = |at: usize| {
        let word = u32::from_le_bytes([data[at], data[at + 1], data[at + 2], 0]);
        (word.wrapping_mul(0x9E37_79B1) >> 17) as usize
    };
    // Where each hash of three bytes was seen last, plus one.
    let mut seen = vec![0_usize; 1 << 15];
    let mut at = 0;
    while at < data.len() {
        let mut length = 0;
        let mut distance = 0;
        if at + 3 <= data.len() {
            let earlier = std::mem::replace(&mut seen[slot(at)], at + 1);
            if earlier > 0 && at + 1 - earlier <= WINDOW {
                distance = at + 1 - earlier;
                length = data[at..]
                    .iter()
                    .zip(&data[at - distance..])
                    .take(LONGEST)
                    .take_while(|(here, there)| here == there)
                    .count();
            }
        }
        if length >= 3 {
            bits.matched(length as u32, distance as u32);
            at += length;
        } else {
            bits.symbol(u32::from(data[at]));
            at += 1;
        }
    }
    bits.symbol(256); // end of block
    let mut out = bits.finish();
    out.extend(adler32(data).to_be_bytes());
    out
}

/// Writes bits, the lowest first, as deflate wants them.
struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        self.held |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// A literal or length symbol; its code goes highest bit first.
    fn symbol(&mut self, symbol: u32) {
        let (code, count) = match symbol {
            0..=143 => (0x30 + symbol, 8),
            144..=255 => (0x190 + symbol - 144, 9),
            256..=279 => (symbol - 256, 7),
            _ => (0xC0 + symbol - 280, 8),
        };
        self.put(code.reverse_bits() >> (32 - count), count);
    }

    /// "Copy `length` bytes from `distance` back".
    fn matched(&mut self, length: u32, distance: u32) {
        let (symbol, extra, rest) = if length == 258 { (28, 0, 0) } else { steps(length - 3, 2) };
        self.symbol(257 + symbol);
        self.put(rest, extra);
        let (symbol, extra, rest) = steps(distance - 1, 1);
        self.put(symbol.reverse_bits() >> 27, 5);
        self.put(rest, extra);
    }

    fn finish(mut self) -> Vec<u8> {
        self.put(0, 7); // fills up the last byte
        self.out
    }
}

/// Deflate's graded ranges: each power of two is cut into `2^fine` symbols,
/// and what is left goes into extra bits. Gives symbol, extra bits, remainder.
fn steps(value: u32, fine: u32) -> (u32, u32, u32) {
    let extra = (32 - value.leading_zeros()).saturating_sub(fine + 1);
    let symbol = (extra << fine) + (value >> extra);
    (symbol, extra, value & ((1 << extra) - 1))
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1, 0), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    (b << 16) | a
}
