using System;
using System.Collections.Generic;
using Dsl.Generator.Pipelines.Emitting;

namespace Dsl.Generator.Pipelines.Graph;

/// <content>How a stage's C# is written: by its form, or in a way of its own that its file has.</content>
internal abstract partial class Stage
{
    private StageForm? form;

    private StageForm Form => form ??= StageForms.Of(Name);

    /// <summary>The options that its runtime class takes, in the attribute's order.</summary>
    public virtual IReadOnlyList<string> Settings => Form.Settings;

    /// <summary>It reads the batch's columns; else the values of C# that rows and methods have.</summary>
    public virtual bool ReadsBatch => Form.ReadsBatch;

    /// <summary>Of a stage that learns nothing but needs an object (a compiled pattern, a set of words): how that is made; else null.</summary>
    public virtual string? Prepared(StageEmission emission) => Form.Prepared(emission);

    /// <summary>The type of that object.</summary>
    public virtual string PreparedType => Form.PreparedType(Name);

    /// <summary>Statements that fit it on the batch, where it learns.</summary>
    public virtual void EmitFit(StageEmission emission) => Form.EmitFit(emission);

    /// <summary>Statements that take the batch through it, after fitting and in <c>Transform</c>.</summary>
    public virtual void EmitTransform(StageEmission emission) => Form.EmitTransform(emission);

    /// <summary>Statements that take one row through it, in <c>Predict</c>.</summary>
    public virtual void EmitRow(StageEmission emission) => Form.EmitRow(emission);

    /// <summary>Whether a vector that it makes of a row is dense, so that it lies in the row's one array.</summary>
    public virtual bool IsRowDense(Column output, Func<Column, bool> isDense) => Form.IsRowDense(output, isDense);

    /// <summary>A vector's size in C# where it is known only after fitting; null where even then it is not.</summary>
    /// <param name="stage">The stage with its columns.</param>
    /// <param name="output">The vector.</param>
    /// <param name="model">What was fitted.</param>
    /// <param name="sizeOf">The size of a vector that it reads.</param>
    public virtual string? FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf) => Form.FittedSize(stage, output, model, sizeOf);
}
