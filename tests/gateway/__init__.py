"""Tests of the gateway: a whole request in, the reply out, with Rasa and knowledge played over real HTTP."""
