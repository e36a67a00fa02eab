"""Stand-ins for the outside world on one machine, each speaking the real protocol: BankID, the SITHS identity provider,
the population register, and the phone that SMS and e-mail arrive at."""
