using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Report;

namespace Reviews;

/// <summary>The page about a run.</summary>
internal static class ReviewPage
{
    /// <summary>Puts it together.</summary>
    public static ReportPage Of(ReviewPipeline pipeline, IReadOnlyList<ReviewFigures> figures) => new ReportPage("Which reviews speak well of their film?")
    {
        Lead = "Sentences of film reviews, words and pairs of words hashed and weighted by how rare they are, told apart by two linear models; beside the networks of the sample Sentiment.",
        Footer = "Sentences: B. Pang, L. Lee, Seeing Stars, ACL 2005 (sentence polarity dataset 1.0).",
    }
        .Figures([.. figures.Select(model => new Figure(FormattableString.Invariant($"{model.Auc:F3}"), "AUC, " + model.Name))])
        .Pipeline(pipeline)
        .Table(
            "Beside each other",
            ["model", "AUC", "accuracy", "precision", "recall", "F1"],
            figures.Select(model => (IReadOnlyList<object?>)[model.Name, model.Auc, model.Accuracy, model.Precision, model.Recall, model.F1]));
}
