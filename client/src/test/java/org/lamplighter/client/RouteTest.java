package org.lamplighter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lamplighter.core.wire.MalformedException;

final class RouteTest {
    private static final String ONION = "http://" + "lamp".repeat(14) + ".onion";

    @Test
    void thisMachine_isReachedDirectly() throws Exception {
        assertThat(route("http://127.0.0.1:8080", Optional.empty()).proxy()).isEmpty();
        assertThat(route("http://localhost:8080", Optional.empty()).proxy()).isEmpty();
    }

    @Test
    void anythingElse_isReachedThroughTorUnlessSaidOtherwise() throws Exception {
        assertThat(route(ONION, Optional.empty()).proxy()).contains(ProxyAddress.TOR);
        assertThat(route("https://courier.example", Optional.empty()).proxy()).contains(ProxyAddress.TOR);
        assertThat(route("https://courier.example", Optional.of("none")).proxy())
                .isEmpty();
        assertThat(route(ONION, Optional.of("socks5://localhost:9150")).proxy())
                .contains(new ProxyAddress("127.0.0.1", 9150));
    }

    @Test
    void onion_withoutAProxy_isRefused() {
        assertThatThrownBy(() -> route(ONION, Optional.of("none"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new Route(StationAddress.parse(ONION), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void address_isShownWithItsPort() throws Exception {
        assertThat(StationAddress.parse("HTTPS://Courier.Example/")).hasToString("https://courier.example:443");
        assertThat(StationAddress.parse(ONION).isOnion()).isTrue();
        assertThat(StationAddress.parse(ONION).port()).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:80",
                "http://",
                "http://courier.example",
                "http://192.0.2.7",
                "https://192.0.2.7",
                "http://127.0.0.256",
                "http://127.0.0.1:0",
                "http://127.0.0.1:99999",
                "http://127.0.0.1/v1",
                "http://127.0.0.1?x",
                "http://127.0.0.1#x",
                "http://me@127.0.0.1",
                "http://short.onion",
                "https://short.onion",
                "http://127.0.0.1.courier.example",
                "ftp://127.0.0.1",
                "http://[::1]:80",
                "http://127.0.0.1\r\nX: y",
            })
    void address_ofAnotherForm_isRefused(String text) {
        assertThatThrownBy(() -> StationAddress.parse(text)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:9050",
                "http://127.0.0.1:9050",
                "socks5://proxy.example:9050",
                "socks5://127.0.0.1",
                "socks5://127.0.0.1:0",
                "socks5://300.0.0.1:9050",
                "socks5://127.0.0.1:70000",
                "socks5://user@127.0.0.1:9050",
            })
    void proxy_ofAnotherForm_isRefused(String text) {
        assertThatThrownBy(() -> ProxyAddress.parse(text)).isInstanceOf(MalformedException.class);
    }

    private static Route route(String station, Optional<String> proxy) throws MalformedException {
        return Route.of(StationAddress.parse(station), proxy);
    }
}
