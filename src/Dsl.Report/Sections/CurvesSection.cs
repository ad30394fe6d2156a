using System.Collections.Generic;
using System.Linq;

namespace Dsl.Report;

/// <summary>A chart.</summary>
internal sealed class CurvesSection(string title, string? note, CurveScale scale, string over, IReadOnlyList<Curve> curves) : Section(title, note)
{
    protected override void WriteContent(HtmlWriter html) =>
        new CurveChart(html, CurveAxis.Of(scale, curves.SelectMany(curve => curve.Values)), over).Draw($"{Title}: {string.Join(", ", curves.Select(curve => curve.Name))}", curves);
}
