package org.lamplighter.station.http;

import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.lamplighter.station.log.StationLog;

/** The listening server. Its life is a start and a stop. */
public final class HttpListener implements AutoCloseable {
    /** How long requests in progress may still take when the station stops. */
    private static final long STOP_MILLIS = 3000;
    /** Connections that the operating system keeps for us; without it 50, and who comes then tries again seconds later. */
    private static final int BACKLOG = 1024;
    /** What is read at once. A connection holds one while it has something to read, and none while it waits. */
    private static final int INPUT_BUFFER = 65_536;

    private final Server server;
    private final GracefulHandler requests;
    private final ConnectionWatch watch;
    private final String url;

    private HttpListener(Server server, GracefulHandler requests, ConnectionWatch watch, String url) {
        this.server = server;
        this.requests = requests;
        this.watch = watch;
        this.url = url;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when the address cannot be had
     */
    public static HttpListener start(
            Listening listening, Features features, InstantSource clock, SecureRandom random, StationLog log)
            throws IOException {
        HttpLimits limits = listening.limits();
        Router router = Router.of(
                features, clock, AnswerGrid.of(AnswerGrid.Ticker.SYSTEM), log, limits, CircuitTurns.of(random));
        return start(listening, router);
    }

    private static HttpListener start(Listening listening, Router router) throws IOException {
        HttpLimits limits = listening.limits();
        HttpConnectionFactory http = new HttpConnectionFactory(configuration(limits));
        http.setInputBufferSize(INPUT_BUFFER);
        CircuitLines circuits = new CircuitLines(http);
        // Two tasks a connection at most: its own and one that writes.
        Server server = new Server(new VirtualThreadPool(2 * limits.connectionsAtMost()));
        ConnectionWatch watch = ConnectionWatch.start(limits);
        GracefulHandler requests = new GracefulHandler(new JettyHandler(router, limits, watch, circuits));
        server.setHandler(requests);
        server.setErrorHandler(JettyHandler::refuse);
        server.setStopTimeout(STOP_MILLIS);
        AbstractConnector connector = connector(server, listening.address(), listening.circuits() ? circuits : http);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setShutdownIdleTimeout(STOP_MILLIS); // a body that comes slowly has this time too
        connector.addEventListener(watch);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connectionsAtMost(), server));
        try {
            startServer(server);
            return new HttpListener(server, requests, watch, describe(connector, listening.address()));
        } catch (IOException e) {
            new HttpListener(server, requests, watch, "").close();
            throw e;
        }
    }

    /** {@code http://127.0.0.1:8080} or {@code unix:PATH}. */
    public String url() {
        return url;
    }

    /** Stops accepting, lets requests in progress end for some seconds, then closes what is left. */
    @Override
    public void close() throws IOException {
        watch.close();
        if (requests.getCurrentRequestCount() == 0) {
            server.setStopTimeout(0); // connections that are kept open for a next request need no waiting
        }
        try {
            server.stop();
        } catch (TimeoutException e) {
            // A request took longer than it had: all is closed none the less, and who sent it has no answer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // the signature of Jetty's life cycle; there is no narrower one
            throw new IOException("the listener did not stop in order", e);
        }
    }

    private static void startServer(Server server) throws IOException {
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // as in close
            throw new IOException("the listener did not start", e);
        }
    }

    private static AbstractConnector connector(Server server, ListenAddress address, ConnectionFactory first)
            throws IOException {
        return switch (address) {
            case ListenAddress.Tcp tcp -> {
                ServerConnector connector = new ServerConnector(server, 1, 1, first);
                connector.setHost(tcp.address().getHostAddress());
                connector.setPort(tcp.port());
                connector.setAcceptQueueSize(BACKLOG);
                yield connector;
            }
            case ListenAddress.Unix unix -> {
                removeStaleSocket(unix.path());
                UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 1, 1, first);
                connector.setUnixDomainPath(unix.path().toAbsolutePath());
                connector.setAcceptQueueSize(BACKLOG);
                yield connector;
            }
        };
    }

    private static HttpConfiguration configuration(HttpLimits limits) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setSendDateHeader(false);
        configuration.setRequestHeaderSize(limits.headerBytes());
        // A target is compared with the routes as it was sent and never decoded: there is nothing that it could
        // confuse.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setNotifyRemoteAsyncErrors(false);
        return configuration;
    }

    /** Removes a socket file that a crash has left; one that somebody listens on stays, and so does any other file. */
    private static void removeStaleSocket(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new BindException("the path of the socket is taken by a file");
        }
        if (isListenedOn(path)) {
            throw new BindException("the socket is in use");
        }
        Files.delete(path);
    }

    private static boolean isListenedOn(Path path) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false; // refused: nobody is there
        }
    }

    private static String describe(Connector connector, ListenAddress address) throws IOException {
        return switch (address) {
            case ListenAddress.Tcp tcp ->
                "http://" + new ListenAddress.Tcp(tcp.address(), ((ServerConnector) connector).getLocalPort()).text();
            case ListenAddress.Unix unix -> {
                // The owner and the group, in which the proxy is; Jetty leaves it to the umask.
                Files.setPosixFilePermissions(unix.path(), PosixFilePermissions.fromString("rw-rw----"));
                yield "unix:" + unix.path();
            }
        };
    }
}
