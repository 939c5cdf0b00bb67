package dev.granary.remotes;

import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The one SSH client of this server: started when it is first needed. It reads no file of the user that the server runs
 * as: no configuration, no keys, no known hosts, no agent.
 */
@Component
class SshClients implements DisposableBean {
    /** Whose connection it is. */
    static final AttributeKey<RemoteSsh> REMOTE = new AttributeKey<>();

    private @Nullable SshClient client;

    synchronized SshClient client() {
        if (client == null) {
            client = made();
            client.start();
        }
        return client;
    }

    private static SshClient made() {
        var made = SshClient.setUpDefaultClient();
        made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        made.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        made.setServerKeyVerifier((session, _, key) -> {
            var remote = remote(session);
            return remote != null && remote.trusts(key);
        });
        made.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                if (session instanceof ClientSession ours) {
                    var remote = remote(ours);
                    if (remote != null) {
                        session.setSignatureFactories(remote.preferred(session.getSignatureFactories()));
                    }
                }
            }
        });
        made.setChannelFactories(List.of());
        made.setSignatureFactories(without(made.getSignatureFactories(), "-cert-"));
        made.setCipherFactories(without(made.getCipherFactories(), "cbc"));
        CoreModuleProperties.CLIENT_IDENTIFICATION.set(made, "Granary");
        CoreModuleProperties.PASSWORD_PROMPTS.set(made, 1);
        return made;
    }

    private static @Nullable RemoteSsh remote(ClientSession session) {
        var context = session.getConnectionContext();
        return context == null ? null : context.getAttribute(REMOTE);
    }

    private static <T> List<NamedFactory<T>> without(List<NamedFactory<T>> factories, String weak) {
        return factories.stream().filter(factory -> !isWeak(factory, weak)).toList();
    }

    private static boolean isWeak(NamedResource algorithm, String part) {
        return algorithm.getName().contains(part);
    }

    @Override
    public synchronized void destroy() {
        if (client != null) {
            client.stop();
        }
    }
}
