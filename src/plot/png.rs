//! Pixels as a PNG in memory (plotters encodes only into files).

use super::PlotError;

/// Encodes `width` × `height` pixels of 8-bit red, green and blue.
pub(super) fn encode(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, PlotError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Twice as large as the usual compression makes these pictures, and much sooner there.
    encoder.set_compression(png::Compression::Fast);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(rgb));
    written.map_err(|error| PlotError(format!("the picture could not be encoded: {error}")))?;
    Ok(file)
}
