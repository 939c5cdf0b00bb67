package dev.granary.storage;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;

/** Lets one writing transaction run at a time: the gate is taken before it begins and left after it ends. */
final class SqliteTransactionManager extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;

    private final transient SqliteDataSource source;

    SqliteTransactionManager(SqliteDataSource source) {
        super(source);
        this.source = source;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        if (definition.isReadOnly()) {
            super.doBegin(transaction, definition);
            return;
        }
        if (!source.enterGate()) {
            throw new CannotCreateTransactionException("The database's writer was busy for too long");
        }
        var begun = false;
        try {
            super.doBegin(transaction, definition);
            begun = true;
        } finally {
            if (!begun) {
                source.leaveGate();
            }
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            if (source.holdsGate()) {
                source.leaveGate();
            }
        }
    }
}
