/**
 * One measurement of one side.
 *
 * @param value in the unit of its figure
 * @param cpuMillis the server's processor time per request
 */
record Sample(double value, double cpuMillis) {}
