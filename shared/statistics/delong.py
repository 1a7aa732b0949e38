"""ROC AUC, ties counted half, with DeLong's variance."""

import numpy as np
from scipy.stats import rankdata

from shared.statistics.answers import Answers, Unmeasurable
from shared.statistics.influence import Influence


def roc_auc(answers: Answers) -> Influence:
    """The chance that a positive row scores above a negative one; Unmeasurable without both kinds.

    Variance and paired covariance: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988), through
    mid-ranks in O(n log n): X. Sun, W. Xu, IEEE Signal Processing Letters 21 (2014). The influence of a row is its
    structural component, centred and scaled so that squares sum to S10/m + S01/n.
    """
    positive = answers.truth == 1
    m, n = int(positive.sum()), int((~positive).sum())
    if m < 2 or n < 2:
        raise Unmeasurable("fewer than two rows of a class")
    ranks = rankdata(answers.score)
    rows = np.empty(len(ranks))
    rows[positive] = (ranks[positive] - rankdata(answers.score[positive])) / n
    rows[~positive] = 1 - (ranks[~positive] - rankdata(answers.score[~positive])) / m
    auc = float(rows[positive].mean())
    rows -= auc
    rows[positive] /= np.sqrt(m * (m - 1))
    rows[~positive] /= np.sqrt(n * (n - 1))
    return Influence(auc, rows)
