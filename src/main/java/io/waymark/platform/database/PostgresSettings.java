package io.waymark.platform.database;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of the embedded server: modest in memory, careful with data, measured where a number is
 * given.
 */
final class PostgresSettings {

  private PostgresSettings() {}

  static Map<String, String> of(boolean fsync) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("max_connections", "100");
    settings.put("shared_buffers", fsync ? "256MB" : "128MB");
    settings.put("effective_cache_size", "1GB");
    settings.put("timezone", "Asia/Shanghai");
    settings.put("log_timezone", "Asia/Shanghai");
    // The engine's job query is estimated dear enough for compilation: half a second for 0.015 ms
    // of work.
    settings.put("jit", "off");
    settings.put("random_page_cost", "1.1");
    // Queue tables (jobs, outbox, unsealed evidence) bloat unless they are vacuumed often and fast.
    settings.put("autovacuum_naptime", "20s");
    settings.put("autovacuum_vacuum_cost_limit", "1000");
    settings.put("max_wal_size", "2GB");
    settings.put("checkpoint_timeout", "15min");
    settings.put("wal_compression", "on");
    settings.put("fsync", fsync ? "on" : "off");
    settings.put("full_page_writes", fsync ? "on" : "off");
    settings.put("synchronous_commit", fsync ? "on" : "off");
    return settings;
  }
}
