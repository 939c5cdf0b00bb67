import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Native {@code git http-backend} behind nginx and fcgiwrap, with HTTP Basic and everything fsynced. */
final class NativeServer implements Side, AutoCloseable {
    /** More than any measurement has connections, so that none waits for a worker. */
    private static final int WORKERS = 32;

    private final ProcessorTime cpu = new ProcessorTime();
    private final Path folder;
    private final int port;
    private final Process nginx;
    private final Process fcgiwrap;

    /** Serves {@code <folder>/repositories/bench/<name>.git}. */
    NativeServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        var socket = folder.resolve("fcgiwrap.socket");
        try {
            Files.writeString(folder.resolve("passwords"), USER + ":{PLAIN}" + PASSWORD + "\n");
            Files.writeString(folder.resolve("nginx.conf"), configuration(socket));
            fcgiwrap = start("fcgiwrap", "-c", Integer.toString(WORKERS), "-s", "unix:" + socket);
            nginx = start(
                    "nginx",
                    "-p",
                    folder.toString(),
                    "-c",
                    folder.resolve("nginx.conf").toString(),
                    "-e",
                    "stderr");
        } catch (IOException e) {
            throw new Failure("Cannot start nginx and fcgiwrap; they come with: apt-get install nginx fcgiwrap", e);
        }
        Granary.awaitAnswer(this, nginx, "/", folder.resolve("nginx.log"));
    }

    private Process start(String... command) throws IOException {
        var line = new ArrayList<>(List.of(command));
        line.set(0, Files.exists(Path.of("/usr/sbin", command[0])) ? "/usr/sbin/" + command[0] : command[0]);
        var log = folder.resolve(command[0] + ".log").toFile();
        cpu.join(line);
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().putAll(Commands.PLAIN_GIT);
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    private String configuration(Path socket) {
        var user = System.getProperty("user.name");
        return """
            %s
            daemon off;
            worker_processes 2;
            pid nginx.pid;
            error_log stderr error;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path body;
              fastcgi_temp_path fastcgi;
              proxy_temp_path proxy;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              client_max_body_size 0;
              client_body_buffer_size 1m;
              keepalive_requests 1000000;
              server {
                listen 127.0.0.1:%d;
                root /nonexistent;
                auth_basic "bench";
                auth_basic_user_file passwords;
                location = / { auth_basic off; return 204; }
                location / {
                  fastcgi_pass unix:%s;
                  fastcgi_buffers 16 64k;
                  fastcgi_buffer_size 64k;
                  fastcgi_max_temp_file_size 0;
                  fastcgi_read_timeout 300;
                  fastcgi_param SCRIPT_FILENAME %s;
                  fastcgi_param GIT_PROJECT_ROOT %s;
                  fastcgi_param GIT_HTTP_EXPORT_ALL "";
                  fastcgi_param PATH_INFO $uri;
                  fastcgi_param REMOTE_USER $remote_user;
                  fastcgi_param REMOTE_ADDR $remote_addr;
                  fastcgi_param REQUEST_METHOD $request_method;
                  fastcgi_param QUERY_STRING $query_string;
                  fastcgi_param CONTENT_TYPE $content_type;
                  fastcgi_param CONTENT_LENGTH $content_length;
                }
              }
            }
            """.formatted(
                        user.equals("root") ? "user root;" : "",
                        port,
                        socket,
                        Path.of(Commands.git(folder, "--exec-path"), "git-http-backend"),
                        folder.resolve("repositories"));
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public double cpuSeconds() {
        return cpu.seconds();
    }

    @Override
    public void close() {
        nginx.destroy();
        fcgiwrap.descendants().forEach(ProcessHandle::destroy);
        fcgiwrap.destroy();
        try {
            nginx.waitFor();
            fcgiwrap.waitFor();
        } catch (InterruptedException e) {
            throw new Failure("Interrupted", e);
        }
        cpu.close();
    }
}
