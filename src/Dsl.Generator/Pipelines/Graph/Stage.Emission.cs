using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;

namespace Dsl.Generator.Pipelines.Graph;

/// <content>How a stage's C# is written. What most stages have in common stands here; a stage's file overrides what is its own.</content>
internal abstract partial class Stage
{
    /// <summary>The options that its runtime class takes, in the attribute's order.</summary>
    public virtual IReadOnlyList<string> Settings => [];

    /// <summary>It reads the batch's columns; else the values of C# that rows and methods have.</summary>
    public virtual bool ReadsBatch => true;

    /// <summary>Its runtime class is static, with the stage's name and its options as arguments.</summary>
    public virtual bool IsStatic(CheckedStage stage) => !Learns(stage.Entry);

    /// <summary>Of a stage that learns nothing but needs an object (a compiled pattern, a set of words): how that is made; else null.</summary>
    public virtual string? Prepared(StageEmission emission) => null;

    /// <summary>The type of that object.</summary>
    public virtual string PreparedType => "global::Dsl.Pipelines." + Name + "Stage";

    /// <summary>Statements that fit it on the batch, where it learns.</summary>
    public virtual void EmitFit(StageEmission emission) => emission.Fit(string.Join(", ", emission.Stage.Inputs.Select(emission.Slot)), Settings);

    /// <summary>Statements that take the batch through it, after fitting and in <c>Transform</c>.</summary>
    public virtual void EmitTransform(StageEmission emission) => emission.Transform(emission.Stage.Inputs.Concat(emission.Stage.Outputs).Select(emission.Slot), Settings);

    /// <summary>Statements that take one row through it, in <c>Predict</c>.</summary>
    public virtual void EmitRow(StageEmission emission) => emission.VectorRow(Settings);

    /// <summary>Whether a vector that it makes of a row is dense, so that it lies in the row's one array.</summary>
    public virtual bool IsRowDense(Column output, Func<Column, bool> isDense) => output.Sources.All(source => source.Kind != ColumnKind.Vector || isDense(source));

    /// <summary>A vector's size in C# where it is known only after fitting; null where even then it is not.</summary>
    /// <param name="output">The vector.</param>
    /// <param name="model">What was fitted.</param>
    /// <param name="sizeOf">The size of a vector that it reads.</param>
    public virtual string? FittedSize(Column output, string model, Func<Column, string?> sizeOf) => null;
}
