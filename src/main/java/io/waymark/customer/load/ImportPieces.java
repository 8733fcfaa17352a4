package io.waymark.customer.load;

import io.waymark.platform.crypto.PieceVault;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The pieces of uploaded files, compressed and sealed, because they hold names and mobile numbers
 * in clear until they are taken in.
 */
@Component
class ImportPieces {

  private static final int LARGEST = 4 << 20;

  private final JdbcClient jdbc;
  private final PieceVault vault;

  ImportPieces(JdbcClient jdbc, PieceVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /**
   * One piece.
   *
   * @param firstRow position in the file of its first row, from 1
   * @param records its records
   */
  record Piece(int number, long firstRow, List<String> records) {}

  /** Cuts a file into pieces; answers its number of rows. */
  long cut(long importId, FileRecords records, int mostRows) throws IOException {
    long rows = 0;
    int number = 0;
    List<String> piece = new ArrayList<>();
    int size = 0;
    for (String record = records.next(); record != null; record = records.next()) {
      piece.add(record);
      size += record.length();
      if (piece.size() == mostRows || size > LARGEST) {
        store(importId, number++, rows + 1, piece);
        rows += piece.size();
        piece.clear();
        size = 0;
      }
    }
    if (!piece.isEmpty()) {
      store(importId, number, rows + 1, piece);
      rows += piece.size();
    }
    return rows;
  }

  private void store(long importId, int number, long firstRow, List<String> records) {
    jdbc.sql(
            """
            insert into import_piece (import_id, number, first_row, row_count, sealed)
            values (?, ?, ?, ?, ?)
            """)
        .params(importId, number, firstRow, records.size(), vault.seal(importId, packed(records)))
        .update();
  }

  private static byte[] packed(List<String> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 1 << 14))) {
      out.writeInt(records.size());
      for (String record : records) {
        byte[] text = record.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static List<String> unpacked(byte[] packed) {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(packed))))) {
      int count = in.readInt();
      List<String> records = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        records.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException("a piece cannot be unpacked", e);
    }
  }

  /** The first piece nobody works on, locked until the transaction ends. */
  Optional<Piece> lockFirst(long importId) {
    return jdbc.sql(
            """
            select number, first_row, sealed from import_piece
             where import_id = ? order by number limit 1 for update skip locked
            """)
        .param(importId)
        .query(
            (row, index) ->
                new Piece(
                    row.getInt("number"),
                    row.getLong("first_row"),
                    unpacked(vault.open(importId, row.getBytes("sealed")))))
        .optional();
  }

  boolean anyLeft(long importId) {
    return jdbc.sql("select exists (select from import_piece where import_id = ?)")
        .param(importId)
        .query(Boolean.class)
        .single();
  }

  void remove(long importId, int number) {
    jdbc.sql("delete from import_piece where import_id = ? and number = ?")
        .params(importId, number)
        .update();
  }

  void discard(long importId) {
    jdbc.sql("delete from import_piece where import_id = ?").param(importId).update();
  }
}
