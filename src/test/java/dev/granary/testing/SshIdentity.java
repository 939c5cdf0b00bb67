package dev.granary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key pair made by real ssh-keygen, and git set up to use it and nothing else. */
public final class SshIdentity {
    /** How {@link #command} exchanges keys: ssh's own first choice costs a third of a second each time. */
    public static final String QUICK = "-o KexAlgorithms=curve25519-sha256";

    private final Path file;

    private SshIdentity(Path file) {
        this.file = file;
    }

    /** Makes a key in a folder, for example of type {@code ed25519}; its file is named after the type. */
    public static SshIdentity make(Path folder, String type, String... more) {
        var file = folder.resolve("id_" + type + "_" + GranaryServer.unique(""));
        var command = new java.util.ArrayList<>(
                java.util.List.of("ssh-keygen", "-q", "-N", "", "-t", type, "-f", file.toString()));
        command.addAll(java.util.List.of(more));
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new AssertionError("ssh-keygen failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new SshIdentity(file);
    }

    /** The public key as users paste it. */
    public String publicKey() {
        try {
            return Files.readString(Path.of(file + ".pub")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The private key in OpenSSH's form. */
    public String privateKey() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ssh command that uses the key; more options may follow. */
    public String command(String... options) {
        return "ssh -F /dev/null -i " + file + " -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes"
                + " -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR " + QUICK + " "
                + String.join(" ", options);
    }
}
