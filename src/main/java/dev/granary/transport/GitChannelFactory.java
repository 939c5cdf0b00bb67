package dev.granary.transport;

import java.io.IOException;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/** Channels that run commands and do nothing else: no terminals, no forwarding of agents or displays. */
final class GitChannelFactory extends ChannelSessionFactory {
    @Override
    public Channel createChannel(Session session) {
        return new ChannelSession() {
            @Override
            protected Result handlePtyReq(Buffer buffer, boolean wantReply) {
                return Result.ReplyFailure;
            }

            @Override
            protected Result handleAgentForwarding(String requestType, Buffer buffer, boolean wantReply) {
                return Result.ReplyFailure;
            }

            @Override
            protected Result handleX11Forwarding(String requestType, Buffer buffer, boolean wantReply)
                    throws IOException {
                return Result.ReplyFailure;
            }
        };
    }
}
