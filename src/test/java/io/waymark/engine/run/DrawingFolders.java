package io.waymark.engine.run;

import java.nio.file.Path;
import org.springframework.boot.DefaultApplicationArguments;

/** The folder that is read when the house starts, read again for a test. */
public final class DrawingFolders {

  private DrawingFolders() {}

  public static void start(JourneyDeployments deployments, Path folder) {
    new JourneyFolder(deployments, folder.toUri().toString())
        .run(new DefaultApplicationArguments());
  }
}
