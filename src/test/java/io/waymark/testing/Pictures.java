package io.waymark.testing;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Pictures of pages, small enough for a repository: at most 256 colours, the most used ones. */
final class Pictures {

  private static final int COLOURS = 256;

  private Pictures() {}

  static void write(byte[] png, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(indexed(ImageIO.read(new ByteArrayInputStream(png))), "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage indexed(BufferedImage given) {
    int[] pixels =
        given.getRGB(0, 0, given.getWidth(), given.getHeight(), null, 0, given.getWidth());
    Map<Integer, Integer> uses = new HashMap<>();
    for (int pixel : pixels) {
      uses.merge(pixel & 0xffffff, 1, Integer::sum);
    }
    List<Integer> palette =
        uses.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(COLOURS)
            .map(Map.Entry::getKey)
            .toList();
    Map<Integer, Integer> nearest = new HashMap<>();
    BufferedImage drawn =
        new BufferedImage(
            given.getWidth(), given.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model(palette));
    byte[] indexes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indexes[i] =
          (byte) (int) nearest.computeIfAbsent(pixels[i] & 0xffffff, one -> nearest(palette, one));
    }
    drawn.getRaster().setDataElements(0, 0, given.getWidth(), given.getHeight(), indexes);
    return drawn;
  }

  private static IndexColorModel model(List<Integer> palette) {
    byte[] red = new byte[palette.size()];
    byte[] green = new byte[palette.size()];
    byte[] blue = new byte[palette.size()];
    for (int i = 0; i < palette.size(); i++) {
      red[i] = (byte) (palette.get(i) >> 16);
      green[i] = (byte) (palette.get(i) >> 8);
      blue[i] = (byte) (int) palette.get(i);
    }
    return new IndexColorModel(8, palette.size(), red, green, blue);
  }

  private static int nearest(List<Integer> palette, int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.size(); i++) {
      int one = palette.get(i);
      int far =
          square((one >> 16 & 255) - (colour >> 16 & 255))
              + square((one >> 8 & 255) - (colour >> 8 & 255))
              + square((one & 255) - (colour & 255));
      if (far < least) {
        least = far;
        best = i;
      }
    }
    return best;
  }

  private static int square(int number) {
    return number * number;
  }
}
