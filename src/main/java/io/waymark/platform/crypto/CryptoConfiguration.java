package io.waymark.platform.crypto;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds the master key; there is no default key, because a known key protects nobody. */
@Configuration(proxyBeanMethods = false)
class CryptoConfiguration {

  @Bean
  MasterKey masterKey(
      @Value("${waymark.crypto.master-key:}") String configured,
      @Value("${waymark.database.embedded:false}") boolean embedded,
      @Value("${waymark.data-dir:./data}") Path dataDirectory) {
    if (!configured.isBlank()) {
      return MasterKey.ofBase64(configured);
    }
    if (embedded) {
      return new MasterKeyFile(dataDirectory.resolve("master.key")).readOrMake();
    }
    throw new IllegalStateException(
        "未配置主密钥：请设置 waymark.crypto.master-key（32 字节的 Base64，可用 openssl rand -base64 32 生成），"
            + "并妥善备份；丢失主密钥后客户信息将无法读取。");
  }

  @Bean
  KeyedHash keyedHash(MasterKey master) {
    return new KeyedHash(master);
  }

  @Bean
  HouseVault houseVault(MasterKey master) {
    return new HouseVault(master);
  }
}
