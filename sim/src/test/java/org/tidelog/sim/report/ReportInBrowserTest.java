package org.tidelog.sim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.sim.results.ResultRow;
import org.tidelog.sim.results.ResultTable;

/** Needs a Chromium: on the path, or named by {@code TIDELOG_CHROMIUM}. */
final class ReportInBrowserTest {
  private static final int PHONE = 360;
  private static final int DESKTOP = 1280;

  /** A browser that ends may still write into its profile. */
  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> executable = Browser.executable();
    assumeTrue(executable.isPresent(), "no Chromium: set TIDELOG_CHROMIUM, or put one on the path");
    browser = Browser.start(executable.orElseThrow(), folder.resolve("profile"));
    Report.write(folder, sweep());
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void fitsAPhoneAndADesktop() throws Exception {
    for (int width : List.of(PHONE, DESKTOP)) {
      open(width, "light");

      assertThat(browser.evaluate("''+document.documentElement.scrollWidth"))
          .isEqualTo(String.valueOf(width));
      assertThat(beyond(width)).isEmpty();
      assertThat(overlapping()).isEqualTo("0");
    }
  }

  @Test
  void keepsAWideTableInItsOwnBox() throws Exception {
    open(PHONE, "light");
    browser.evaluate("document.querySelectorAll('details').forEach(d=>d.open=true)+''");

    assertThat(browser.evaluate("''+(document.querySelector('table').offsetWidth>" + PHONE + ")"))
        .isEqualTo("true");
    assertThat(browser.evaluate("''+document.documentElement.scrollWidth")).isEqualTo("360");
  }

  @Test
  void drawsChartsThatAreLargeEnoughToRead() throws Exception {
    for (int width : List.of(PHONE, DESKTOP)) {
      open(width, "dark");

      // Seven figures with three charts each; the rest is folded.
      assertThat(browser.evaluate(visible("svg", 280))).isEqualTo("21");
      assertThat(browser.evaluate(visible("svg rect, svg circle", 1))).isNotEqualTo("0");
    }
  }

  @Test
  void isDarkInTheDark() throws Exception {
    open(DESKTOP, "light");
    double light = brightness(browser.screenshot());
    open(DESKTOP, "dark");
    double dark = brightness(browser.screenshot());

    assertThat(light).isGreaterThan(0.8);
    assertThat(dark).isLessThan(0.25);
  }

  private void open(int width, String scheme) throws Exception {
    browser.open(folder.resolve("report.html").toUri(), width, 800, scheme);
    Path pictures = Path.of("target", "report-pictures");
    Files.createDirectories(pictures);
    Files.write(pictures.resolve(width + "-" + scheme + ".png"), browser.screenshot());
  }

  /** Names of elements that end to the right of the screen. */
  private String beyond(int width) throws Exception {
    return browser.evaluate(
        "[...document.querySelectorAll('main *')].filter(e=>!e.closest('.scroll')"
            + "&&e.getBoundingClientRect().right>%d).map(e=>e.tagName).join()".formatted(width));
  }

  /** How many labels run into what stands to the left or right of them. */
  private String overlapping() throws Exception {
    return browser.evaluate(
        "(()=>{let n=0;for(const s of document.querySelectorAll('svg')){"
            + "const box=e=>e.getBoundingClientRect();"
            + "const values=[...s.querySelectorAll('.value')].map(box);"
            + "const names=[...s.querySelectorAll('.name')].map(box);"
            + "const marks=[...s.querySelectorAll('rect,circle')].map(box);"
            + "for(const m of marks)for(const t of values)"
            + "if(m.right>t.left+1&&m.top<t.bottom-4&&m.bottom>t.top+4)n++;"
            + "for(const t of names)if(t.left<box(s).left-1)n++;}return ''+n})()");
  }

  private static String visible(String selector, int width) {
    return ("''+[...document.querySelectorAll('%s')]"
            + ".filter(e=>e.getBoundingClientRect().width>=%d).length")
        .formatted(selector, width);
  }

  /** Of the whole picture, in 0 … 1. */
  private static double brightness(byte[] png) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    long sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        sum += (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
      }
    }
    return sum / 765.0 / image.getWidth() / image.getHeight();
  }

  /** Two paths swept, names of full length, and values of all sizes. */
  private static ResultTable sweep() {
    List<ResultRow> rows = new ArrayList<>();
    for (String recipients : List.of("1", "10", "100")) {
      for (String uptime : List.of("5 %", "50 %")) {
        for (String strategy : List.of("mvds-batch", "mvds-interactive", "remote-log", "direct")) {
          var columns = ReportTest.row(strategy, "12" + rows.size() + ".5");
          columns.put("combination", "uptime=" + uptime + ", recipients=" + recipients);
          columns.put("latency_s_p95", "1234567");
          columns.put("radio_s_per_device_day", "0.0" + rows.size());
          columns.put("wakeups_per_device_day", "123456");
          columns.put("amplification_ci95", "30");
          rows.add(
              new ResultRow(
                  columns,
                  new TreeMap<>(
                      Map.of("availability.uptime", uptime, "groups.recipients", recipients))));
        }
      }
    }
    return new ResultTable("1.0", Map.of("small", "A table for a test."), rows);
  }
}
