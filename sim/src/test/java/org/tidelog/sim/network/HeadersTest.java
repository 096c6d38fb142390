package org.tidelog.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HeadersTest {
  @Test
  void aSmallDatagramHas28BytesAroundIt() {
    assertThat(UdpHeaders.around(100).total()).isEqualTo(28);
    assertThat(UdpHeaders.packets(1_472)).isEqualTo(1);
    assertThat(UdpHeaders.packets(1_473)).isEqualTo(2);
    assertThat(UdpHeaders.around(1_473).total()).isEqualTo(8 + 2 * 20);
  }

  @Test
  void whatDoesNotFitIntoADatagramGoesInTwo() {
    assertThat(UdpHeaders.around(65_507).bytes(Layer.TRANSPORT)).isEqualTo(8);
    assertThat(UdpHeaders.around(65_585).bytes(Layer.TRANSPORT)).isEqualTo(16);
  }

  @Test
  void openingAndClosingTcpTakesAboutAsMuchAsMeasured() {
    int total =
        TcpHeaders.OPEN_UP.total() + TcpHeaders.OPEN_DOWN.total() + 2 * TcpHeaders.CLOSE.total();

    assertThat(total).isEqualTo(380);
  }

  @Test
  void everySecondSegmentIsAcknowledged() {
    assertThat(TcpHeaders.around(10 * 1_448).total()).isEqualTo(10 * 52);
    assertThat(TcpHeaders.acknowledging(10 * 1_448).total()).isEqualTo(5 * 52);
    assertThat(TcpHeaders.acknowledging(1).total()).isEqualTo(52);
  }

  @Test
  void theHandshakeOfPeersIsTheMeasuredOne() {
    assertThat(PeerHandshake.UP.total()).isEqualTo(308);
    assertThat(PeerHandshake.DOWN.total()).isEqualTo(306);
    assertThat(
            PeerHandshake.UP.total()
                + PeerHandshake.DOWN.total()
                + PeerHandshake.IDENTIFY_UP.total()
                + PeerHandshake.IDENTIFY_DOWN.total())
        .isEqualTo(2_131);
    assertThat(PeerHandshake.STREAM_UP.total()).isEqualTo(153);
    assertThat(PeerHandshake.STREAM_DOWN.total()).isEqualTo(123);
    assertThat(PeerHandshake.around(256).total()).isEqualTo(30);
    assertThat(HttpsCosts.FIRST_UP.plus(HttpsCosts.FIRST_DOWN).total()).isEqualTo(1_547);
    assertThat(HttpsCosts.RESUMED_UP.plus(HttpsCosts.RESUMED_DOWN).total()).isEqualTo(849);
  }

  @Test
  void theLedgerNoticesWhatVanishes() {
    Ledger ledger = new Ledger();
    ledger.sent(Role.DEVICE, Breakdown.of(Layer.PAYLOAD, 10));

    assertThatThrownBy(ledger::check).hasMessageContaining("payload").hasMessageContaining("10");
    ledger.received(Role.HELPER, Breakdown.of(Layer.PAYLOAD, 10));
    ledger.check();
  }

  @Test
  void aRadioStaysOnForItsTail() {
    RadioMeter meter = new RadioMeter();

    meter.active(Radio.LTE, 0, 1_000_000);
    meter.active(Radio.LTE, 5_000_000, 5_000_000);
    meter.active(Radio.LTE, 60_000_000, 60_000_000);

    assertThat(meter.wakeUps()).isEqualTo(2);
    assertThat(meter.onSeconds()).isEqualTo(0.26 + 5 + 11.58 + 0.26 + 11.58);
  }
}
