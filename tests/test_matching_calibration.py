"""A score is a probability."""

import numpy as np

from bot.matching.calibration import OUT_OF_SCOPE, Calibration, learn

USUAL = np.array([0.0, 1.0])


def test_without_answers_the_usual_weights_hold():
    nothing = np.zeros(0, bool)
    assert learn(np.zeros((0, 2)), nothing, nothing, USUAL).weights is USUAL


def test_what_is_learnt_says_how_often_such_an_answer_is_right():
    # Of the answers with sign 1, in scope and in equal number out of it, those in scope are right.
    in_scope = np.tile([True, False], 500)
    signs = np.column_stack([np.ones(1000), np.ones(1000)])
    learnt = learn(signs, in_scope, in_scope, USUAL)
    assert abs(learnt.probabilities(signs)[0] - (1 - OUT_OF_SCOPE)) < 0.01


def test_a_telling_sign_is_trusted():
    in_scope = np.tile([True, False], 500)
    signs = np.column_stack([np.ones(1000), np.where(in_scope, 1.0, -1.0)])
    sure, unsure = learn(signs, in_scope, in_scope, USUAL).probabilities(np.array([[1.0, 1.0], [1.0, -1.0]]))
    assert sure > 0.95 and unsure < 0.05


def test_a_probability_never_overflows():
    assert Calibration(np.array([1e9])).probabilities(np.array([[1.0], [-1.0]])).round(6).tolist() == [1.0, 0.0]
